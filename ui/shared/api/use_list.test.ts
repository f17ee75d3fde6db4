import { describe, expect, test } from 'vitest'
import type { Page } from './types'
import { use_list } from './use_list'

describe('A list', () => {
  test('drops an answer that arrives after the filter changed', async () => {
    const answers: ((page: Page<string>) => void)[] = []
    const list = use_list<string>(() => new Promise((resolve) => answers.push(resolve)))
    const first = list.load()
    const second = list.load()
    answers[1]!({ items: ['new'] })
    answers[0]!({ items: ['old'] })
    await Promise.all([first, second])
    expect(list.items.value).toEqual(['new'])
  })

  test('appends further pages by their cursor', async () => {
    const asked: (string | undefined)[] = []
    const list = use_list<string>(async ({ cursor }) => {
      asked.push(cursor)
      return cursor ? { items: ['b'] } : { items: ['a'], next_cursor: 'c1' }
    })
    await list.load()
    expect(list.more_there.value).toBe(true)
    await list.more()
    expect(list.items.value).toEqual(['a', 'b'])
    expect(asked).toEqual([undefined, 'c1'])
    expect(list.more_there.value).toBe(false)
  })

  test('keeps what it shows when a quiet refresh fails', async () => {
    let fails = false
    const list = use_list<string>(async () => {
      if (fails) throw new Error('gone')
      return { items: ['a'] }
    })
    await list.load()
    fails = true
    await list.refresh()
    expect(list.items.value).toEqual(['a'])
    expect(list.problem.value).toBe('')
  })
})

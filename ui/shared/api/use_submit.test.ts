import { describe, expect, test } from 'vitest'
import { ApiError, unreachable } from './problem'
import { use_submit } from './use_submit'

type Options = { headers: Record<string, string> }
const key_of = (options: Options) => options.headers['Idempotency-Key']

describe('Submitting a form', () => {
  test('repeats the same key for the same body after no answer came', async () => {
    const submit = use_submit()
    const keys: (string | undefined)[] = []
    const lose = async (_body: unknown, options: Options) => {
      keys.push(key_of(options))
      throw unreachable()
    }
    await submit.run({ what: '探访' }, lose)
    await submit.run({ what: '探访' }, lose)
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(keys[1]).toBe(keys[0])
  })

  test('takes another key for another body', async () => {
    const submit = use_submit()
    const keys: (string | undefined)[] = []
    for (const what of ['探访', '陪同']) {
      await submit.run({ what }, async (_body, options) => {
        keys.push(key_of(options))
        throw unreachable()
      })
    }
    expect(keys[1]).not.toBe(keys[0])
  })

  test('takes another key after a refusal, which settled the first', async () => {
    const submit = use_submit()
    const keys: (string | undefined)[] = []
    for (let i = 0; i < 2; i++) {
      await submit.run({}, async (_body, options) => {
        keys.push(key_of(options))
        throw new ApiError({ status: 409, code: 'x', title_zh: '不行。', title_en: 'No.' })
      })
    }
    expect(submit.problem).toBe('不行。')
    expect(keys[1]).not.toBe(keys[0])
  })

  test('ignores a second press while the first is under way', async () => {
    const submit = use_submit()
    let runs = 0
    let finish = () => {}
    const slow = async () => {
      runs++
      await new Promise<void>((resolve) => (finish = resolve))
      return 'done'
    }
    const first = submit.run({}, slow)
    expect(await submit.run({}, slow)).toBeUndefined()
    finish()
    expect(await first).toBe('done')
    expect(runs).toBe(1)
    expect(submit.busy).toBe(false)
  })
})

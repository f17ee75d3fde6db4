import { afterEach, describe, expect, test } from 'vitest'
import { language } from '../texts/language'
import { ApiError, as_problem, sentence_of, unreachable } from './problem'

const taken = {
  status: 409,
  code: 'order_already_taken',
  title_zh: '订单已被他人接单。',
  title_en: 'Somebody else has accepted this order.',
  errors: [{ field: '/what', expected_zh: '1 至 500 个字', expected_en: '1 to 500 characters' }],
}

afterEach(() => {
  language.value = 'zh-CN'
})

describe('A refusal', () => {
  test('is said in the language of the page', () => {
    const error = new ApiError(taken)
    expect(sentence_of(error)).toBe('订单已被他人接单。')
    language.value = 'en'
    expect(sentence_of(error)).toBe('Somebody else has accepted this order.')
  })

  test('names its fields without the pointer’s slash', () => {
    expect(new ApiError(taken).fields).toEqual({ what: '1 至 500 个字' })
  })

  test('of a proxy, which is no problem document, still gets a sentence', () => {
    const error = new ApiError(as_problem(502, '<html>Bad gateway</html>'))
    expect(error.status).toBe(502)
    expect(sentence_of(error)).toMatch(/请稍后再试/)
  })

  test('never shows the message of a program’s own mistake', () => {
    expect(sentence_of(new TypeError('undefined is not a function'))).not.toMatch(/undefined/)
  })

  test('is told apart from no answer at all', () => {
    expect(unreachable().unreachable).toBe(true)
    expect(new ApiError(taken).unreachable).toBe(false)
  })
})

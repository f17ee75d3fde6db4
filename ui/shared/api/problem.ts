import { say, t } from '../texts/texts'
import type { Problem } from './types'

/** What the server refused, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  /** True if no answer came: the write may or may not have happened, repeat it with the same key. */
  get unreachable(): boolean {
    return this.problem.status === 0
  }

  /** The refusal as one sentence in the language of the page. */
  get sentence(): string {
    return say(this.problem.title_zh, this.problem.title_en) || t('problem.unknown')
  }

  /** What each field should have held, by the field's name (`/what` → `what`). */
  get fields(): Record<string, string> {
    const found: Record<string, string> = {}
    for (const error of this.problem.errors ?? []) {
      found[error.field.replace(/^\//, '')] = say(error.expected_zh, error.expected_en)
    }
    return found
  }
}

/** Reads an error body of any kind: a proxy in between may answer with a page instead of a problem. */
export function as_problem(status: number, body: unknown): Problem {
  if (body && typeof body === 'object' && 'code' in body && 'title_zh' in body) {
    return { ...(body as Problem), status }
  }
  return { status, code: 'unknown', title_zh: '', title_en: '' }
}

export function unreachable(): ApiError {
  return new ApiError({ status: 0, code: 'unreachable', title_zh: '', title_en: '' })
}

/** The sentence for anything thrown; never shows a program's message to a person. */
export function sentence_of(error: unknown): string {
  if (error instanceof ApiError) return error.unreachable ? t('problem.unreachable') : error.sentence
  return t('problem.unknown')
}

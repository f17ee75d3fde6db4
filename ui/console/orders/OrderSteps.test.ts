import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import type { Order, OrderState } from '../../shared/api/types'
import OrderSteps from './OrderSteps.vue'

const order = (state: OrderState, more: Partial<Order> = {}) => ({ state, offers: [], ...more }) as unknown as Order
const mounted = (shown: Order) => mount(OrderSteps, { props: { order: shown } })

describe('The steps of an order', () => {
  const rows: [OrderState, number, string | undefined][] = [
    ['open', 1, '派单'],
    ['offered', 2, '接单'],
    ['accepted', 3, '服务'],
    ['in_service', 3, '服务'],
    ['delivered', 4, '确认'],
    ['confirmed', 5, '评单'],
    ['reviewed', 6, undefined],
  ]
  test.each(rows)('of an order %s are %i done and %s next', (state, done, next) => {
    const line = mounted(order(state))
    expect(line.findAll('li.done')).toHaveLength(done)
    const current = line.find('[aria-current=step] .name')
    expect(current.exists() ? current.text() : undefined).toBe(next)
  })

  test('of a cancelled order show no next step', () => {
    expect(mounted(order('cancelled', { accepted_at: 1 })).findAll('li.next')).toHaveLength(0)
  })
})

import type { Order } from '../../shared/api/types'
import { t } from '../../shared/texts/texts'

const going = ['accepted', 'in_service', 'delivered']

/** The masked names of those who took the order; empty if nobody did. */
export function goers(order: Order): string {
  return order.offers.filter((offer) => going.includes(offer.state)).map((offer) => offer.name).join(t('list.comma'))
}

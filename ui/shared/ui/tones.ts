import type { BackTest, Certificate, CertificateCheck, CertificationLowering, Complaint, Entitlement, GradeColor, GradeProposal, Insurance, NeedState, OrderState, PersonStanding, Proposal, RulePackRow, Seat, ServiceRecord, SpotCheckState } from '../api/types'

export type Tone = 'plain' | 'strong' | 'fine' | 'soon' | 'late'

/** The colour beside a state's word; the word alone carries the meaning. */
export const need_tone: Record<NeedState, Tone> = { reported: 'soon', planned: 'strong', closed: 'fine', assessing: 'soon', assessed: 'soon', referred: 'strong', merged: 'plain', meeting: 'late' }

export const order_tone: Record<OrderState, Tone> = {
  open: 'soon',
  offered: 'strong',
  accepted: 'strong',
  in_service: 'strong',
  delivered: 'soon',
  confirmed: 'fine',
  reviewed: 'fine',
  escalated: 'late',
  cancelled: 'plain',
}

export const rule_pack_tone = (pack: Pick<RulePackRow, 'state' | 'in_force'>): Tone =>
  pack.in_force ? 'fine' : ({ proposed: 'soon', published: 'strong', rejected: 'plain' } as const)[pack.state]

export const back_test_tone: Record<BackTest['state'], Tone> = { running: 'soon', finished: 'fine', cancelled: 'plain' }

export const record_tone: Record<ServiceRecord['state'], Tone> = { entered: 'fine', waiting: 'soon', disputed: 'soon', rejected: 'plain' }

export const complaint_tone: Record<Complaint['state'], Tone> = { filed: 'soon', acknowledged: 'strong', decided: 'fine', review_asked: 'soon', reviewed: 'fine', withdrawn: 'plain' }

export const insurance_tone: Record<Insurance['state'], Tone> = { coming: 'plain', running: 'fine', expiring: 'soon', over: 'late', ended: 'plain' }

export const entitlement_tone: Record<NonNullable<Entitlement['state']>, Tone> = { asked: 'soon', approved: 'fine', rejected: 'plain', ended: 'plain' }
export const certificate_tone: Record<Certificate['state'], Tone> = { valid: 'fine', revoked: 'late', held: 'soon' }

export const certificate_check_tone: Record<CertificateCheck['result'], Tone> = { valid: 'fine', records_changed: 'soon', revoked: 'late', held: 'soon' }

export const seat_tone: Record<Seat['state'], Tone> = {
  joined: 'strong',
  waiting: 'soon',
  left: 'plain',
  present: 'fine',
  recorded: 'fine',
  not_recorded: 'late',
}

export const proposal_tone: Record<Proposal['state'], Tone> = { waiting: 'soon', adopted: 'fine', stale: 'plain', empty: 'late' }

export const grade_tone: Record<GradeColor, Tone> = { ungraded: 'plain', green: 'fine', blue: 'strong', yellow: 'soon', red: 'late' }

export const standing_tone: Record<PersonStanding, Tone> = { normal: 'fine', paired: 'soon', paused: 'late' }

export const grade_proposal_tone: Record<GradeProposal['state'], Tone> = { proposed: 'soon', confirmed: 'strong', rejected: 'plain', appealed: 'soon', withdrawn: 'fine', upheld: 'plain' }
export const lowering_tone: Record<CertificationLowering['state'], Tone> = { proposed: 'soon', confirmed: 'strong', rejected: 'plain', appealed: 'soon', withdrawn: 'fine', upheld: 'plain' }

export const spot_check_tone: Record<SpotCheckState, Tone> = { open: 'soon', confirmed: 'fine', differs: 'late', not_reached: 'soon', stands: 'plain', reversed: 'late' }

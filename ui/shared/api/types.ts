// The API's types by the names that pages use; what they hold is generated from the program.
import type { components, paths } from '../generated/api'

type Schemas = components['schemas']

export type Activity = Schemas['Activity']
export type ActivityPublication = Schemas['PublishActivity']
export type Account = Schemas['Account']
export type AccountOpening = Schemas['OpenAccount']
export type Area = Schemas['Area']
export type AreaPage = Schemas['AreaPage']
export type Asking = Schemas['AskNeed']
export type Call = Schemas['TakeCall']
export type Candidate = Schemas['CandidateShown']
export type Candidates = Schemas['Candidates']
export type Category = Schemas['Category']
export type ChildFigure = Schemas['AreaUnmet']
export type Dispute = Schemas['Dispute']
export type DisputeOutcome = Schemas['SettleDispute']['outcome']
export type Fact = Schemas['FactShown']
export type Figure = Schemas['CockpitFigure']
export type Figures = Schemas['Cockpit']
export type ForbiddenPerson = Schemas['ForbiddenShown']
export type Grant = Schemas['Grant']
export type HealthPage = Schemas['HealthPage']
export type HotlineFigures = Schemas['HotlineFigures']
export type HotlineFilter = NonNullable<NonNullable<paths['/api/hotline-orders']['get']['parameters']['query']>['filter']>
export type HotlineOrder = Schemas['HotlineOrder']
export type ImportCounts = Schemas['ImportCounts']
export type JoiningTerms = Schemas['JoiningTerms']
export type MyService = Schemas['MyService']
export type KnownCallers = Schemas['KnownCallers']
export type MyOrder = Schemas['MyOrder']
export type MyOrders = Schemas['MyOrders']
export type Need = Schemas['Need']
export type NeedReport = Schemas['ReportNeed']
export type NotedReview = Schemas['NoteReview']
export type Offer = Schemas['OfferShown']
export type OpenedAccount = Schemas['OpenedAccount']
export type Organization = Schemas['Organization']
export type OrganizationKind = Organization['organization_kind']
export type LeadRole = Schemas['NameLead']['role']
export type TeamMember = Schemas['Member']
export type TeamInvitation = Schemas['Invitation']
export type RosterResult = Schemas['RosterResult']
export type Order = Schemas['Order']
export type OrderOpening = Schemas['OpenOrder']
export type OrderSlip = Schemas['PrintedSlip']
export type OwnNeed = Schemas['OwnNeed']
export type OwnNeedList = Schemas['OwnNeedList']
export type Person = Schemas['Person']
export type PersonReading = Schemas['ClearPerson']
export type PersonRegistration = Schemas['RegisterPerson']
export type PreparedFactor = Schemas['Prepared']
export type Plan = Schemas['Plan']
export type PlanMaking = Schemas['MakePlan']
export type Protection = Schemas['Protection']
export type ProtectionReport = Schemas['ReportProtection']
export type Reading = Schemas['ReadingShown']
export type RecordEntry = Schemas['EnterRecord']
export type RecordList = Schemas['RecordList']
export type Review = Schemas['ReviewOrder']
export type SecurityEvent = Schemas['LogShown']
export type Seat = Schemas['Seat']
export type ServiceMinutes = Schemas['ServiceMinutes']
export type ServiceRecord = Schemas['ServiceRecord']
export type RowProblem = Schemas['RowProblem']
export type Session = Schemas['Session']
export type Shift = Schemas['Shift']
export type SignInSlip = Schemas['SignInSlip']
export type Slip = Schemas['Slip']
export type Standing = Schemas['Standing']
export type Unvisited = Schemas['Unvisited']

export type Certification = NonNullable<PersonRegistration['certification']>
export type NeedState = Need['state']
export type OrderState = Order['state']
export type PriorityClass = Need['priority_class']

/** What every list has in common. */
export interface Page<T> {
  items: T[]
  next_cursor?: string
}

/** A refusal (RFC 9457), which every route may answer; the description names it without its shape. */
export interface Problem {
  status: number
  code: string
  title_zh: string
  title_en: string
  errors?: { field: string; expected_zh: string; expected_en: string }[]
}

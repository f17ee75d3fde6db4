/// <reference types="vite/client" />

declare module '*catalogue.json?first' {
  type Labels = Record<string, { zh: string; en: string }>
  const part: { roles: Labels; states: Record<string, Labels>; kinds: string[] }
  export default part
}
declare module '*catalogue.json?rest' {
  type Labels = Record<string, { zh: string; en: string }>
  const part: { actions: Labels; facts: Labels; states: Record<string, Labels> }
  export default part
}
declare module '*.json?first' {
  const part: Record<string, Record<string, string>>
  export default part
}
declare module '*.json?rest' {
  const part: Record<string, Record<string, string>>
  export default part
}

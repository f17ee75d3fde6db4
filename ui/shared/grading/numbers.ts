/** 8532 hundredths → "85.32". */
export const hundredths = (value: number) => (value / 100).toFixed(2)

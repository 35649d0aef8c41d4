/** A number as the reader's language writes it: `100,000`, `100.000`. */
export function numberText(value: number): string {
  return value.toLocaleString();
}

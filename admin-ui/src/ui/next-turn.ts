/** Lets the browser draw and hear keys before what follows: splits what would be one long task. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

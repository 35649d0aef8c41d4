/** The next value of an iterator; nothing at its end. */
export async function nextOf<T>(source: AsyncIterator<T>): Promise<T | undefined> {
  const next = await source.next();
  return next.done ? undefined : next.value;
}

/** Marks on one letter that are put into order. No script has more than a handful, UAX #15 allows 30. */
const mostMarks = 100;

/** Begins where no mark stands before, so that a run is looked at once and not from each of its marks. */
const tooManyMarks = new RegExp(`(?<!\\p{M})\\p{M}{${mostMarks + 1}}`, 'gu');
/** In steps: the engine keeps count of a repetition on a stack, which is finite. */
const moreMarks = /\p{M}{1,1000}/uy;

/**
 * The text in Unicode form NFC, in time that grows with its length and no faster. Putting n marks on one letter into
 * order takes the engine n² steps, minutes for the text of one request: so an endless run of marks stays as it is.
 */
export function nfc(text: string): string {
  if (text.length <= mostMarks) return text.normalize('NFC');
  let composed = '';
  let done = 0;
  for (const { index, 0: begin } of text.matchAll(tooManyMarks)) {
    const end = endOfMarks(text, index + begin.length);
    composed += text.slice(done, index).normalize('NFC') + text.slice(index, end);
    done = end;
  }
  return composed + text.slice(done).normalize('NFC');
}

function endOfMarks(text: string, from: number): number {
  moreMarks.lastIndex = from;
  let end = from;
  while (moreMarks.test(text)) end = moreMarks.lastIndex;
  return end;
}

const quote = 0x22;
const backslash = 0x5c;

/** Whether JSON text opens more than so many objects and arrays inside each other. Reads text that is no JSON, too. */
export function nestsDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote) at = stringEnd(text, at);
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}

/** Where the string that begins here ends; the end of the text when it does not. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = end;
    while (text.charCodeAt(escapes - 1) === backslash) escapes -= 1;
    if ((end - escapes) % 2 === 0) return end;
  }
  return text.length;
}

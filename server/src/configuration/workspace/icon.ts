import { isJsonObject, type Json, type Pointer } from '../../change/core/json';
import { type Fault } from '../../change/core/task';
import { fault, optionalTextRule, textRule } from '../field-rules';

/** Bytes of a picture. */
const maxPicture = 64 * 1024;

/** An icon is `{initials, colour}` or `{picture}`: a `data:` URL of a PNG, JPEG or WebP. */
export function iconFaults(path: Pointer, icon: Json): Fault[] {
  if (!isJsonObject(icon)) return [fault(path, 'must be {initials, colour} or {picture}')];
  const known = Object.hasOwn(icon, 'picture') ? ['picture'] : ['initials', 'colour'];
  const unknown = Object.keys(icon).filter((key) => !known.includes(key));
  if (unknown.length > 0) return [fault(path, 'must be {initials, colour} or {picture}')];
  if (Object.hasOwn(icon, 'picture')) return pictureFaults(`${path}/picture`, icon.picture);
  return [...textRule(`${path}/initials`, icon.initials, 8), ...colourFaults(`${path}/colour`, icon.colour)];
}

function colourFaults(path: Pointer, colour: Json | undefined): Fault[] {
  const faults = optionalTextRule(path, colour, 40);
  if (faults.length > 0 || typeof colour !== 'string') return faults;
  return /^[#a-z0-9(),.%\s/-]*$/i.test(colour) ? [] : [fault(path, 'must be a colour, as #3366cc')];
}

function pictureFaults(path: Pointer, picture: Json | undefined): Fault[] {
  const url =
    typeof picture === 'string'
      ? /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/.exec(picture)
      : null;
  if (!url) return [fault(path, 'must be a data: URL of a PNG, JPEG or WebP picture')];
  const bytes = Buffer.from(url[2] as string, 'base64');
  if (bytes.length > maxPicture) return [fault(path, `must have at most ${maxPicture} bytes`)];
  return pictureType(bytes) === url[1] ? [] : [fault(path, 'is not the kind of picture that it says')];
}

/** What the first bytes say; the name of a type decides nothing. */
function pictureType(bytes: Buffer): string | undefined {
  const begin = bytes.toString('latin1', 0, 12);
  if (begin.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (begin.startsWith('\xff\xd8\xff')) return 'jpeg';
  return begin.startsWith('RIFF') && begin.endsWith('WEBP') ? 'webp' : undefined;
}

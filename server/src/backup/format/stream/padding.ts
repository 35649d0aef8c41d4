/**
 * Exports are padded so that the gzip member has `paddedResidue` bytes more than a multiple of `paddingUnit`. A file that
 * was cut rarely has such a length, one whose bytes were changed always has, and so the two can be told apart although
 * the cipher refuses both alike. The residue is one that no cut at a multiple of 16 bytes of the file leaves, because
 * broken-off transfers end at such places.
 */
export const paddingUnit = 64;
export const paddedResidue = 33;

/** A stored DEFLATE block without content: it may stand wherever the packed bits end on a byte. */
const emptyBlock = Buffer.from([0x00, 0x00, 0x00, 0xff, 0xff]);

/** The empty blocks that bring a gzip member of this many bytes to the padded length. */
export function paddingFor(memberBytes: number): Buffer {
  let blocks = 0;
  while ((memberBytes + blocks * emptyBlock.length) % paddingUnit !== paddedResidue) blocks += 1;
  return Buffer.concat(new Array<Buffer>(blocks).fill(emptyBlock));
}

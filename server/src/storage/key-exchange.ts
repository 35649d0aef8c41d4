import { type Database } from './database';
import { SealedRows } from './sealed-rows';
import { type Sealer } from './sealer';
import { settleServerKey } from './server-key';

/** Somebody goes on sealing under the other key: no walk finds nothing. */
export class KeyStillInUse extends Error {
  constructor() {
    super(
      'Secrets are still being sealed under SERVER_KEY_OTHER: a server has it as its SERVER_KEY. ' +
        'Restart that server with the new key, then run this again.',
    );
  }
}

/** Seals what is outside the database under the present key; answers how many secrets were not. */
export type ResealOthers = () => Promise<number>;

export interface ExchangedKey {
  resealed: number;
  /** Texts that look as if they were sealed, which neither key opens. */
  unopened: number;
}

/** A walk, one for what was written meanwhile, and one that proves that nothing is left, unless a server goes on. */
const walks = 5;

/**
 * Seals everything that is sealed under the other key under the present one, until a walk through all of it finds nothing
 * left, and only then says so in the database: from there on the other key is not needed any more. May be broken off and
 * begun again at any time; servers may run, with both keys. Throws `KeyStillInUse`.
 */
export async function exchangeServerKey(
  database: Database,
  sealer: Sealer,
  resealOthers: ResealOthers,
): Promise<ExchangedKey> {
  const rows = new SealedRows(database, sealer);
  let total = 0;
  for (let walk = 0; walk < walks; walk++) {
    const { resealed, unopened } = await rows.reseal();
    const others = await resealOthers();
    total += resealed + others;
    if (resealed + others > 0) continue;
    await settleServerKey(database, sealer);
    return { resealed: total, unopened };
  }
  throw new KeyStillInUse();
}

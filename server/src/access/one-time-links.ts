import { In, MoreThan } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Refusal } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { type Sealer } from '../storage/sealer';
import { type Clock, days, shifted } from './clock';
import { OneTimeLinkEntity } from './one-time-link.entity';
import { hashOfSecret, newSecret } from './secret-token';

export type LinkPurpose = OneTimeLinkEntity['purpose'];

const lifetimes: Record<LinkPurpose, number> = { INVITATION: days(14), RESET: days(3) };

/** An invitation that can still be accepted. */
export interface OpenInvitation {
  url: string;
  expiresAt: Date;
}

/** The link was used, replaced, withdrawn or is too old; or there never was one. */
export class LinkNotValid extends Refusal {
  constructor() {
    super('NOT_FOUND', 'This link has been used, was replaced or has expired. Ask an admin for a new one.');
  }
}

/** Links that let somebody choose the password of an account: invitations and resets. No mail is sent. */
export class OneTimeLinks {
  /** @param publicUrl address under which users reach the server, without a slash at the end */
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly publicUrl: () => string,
    private readonly now: Clock,
  ) {}

  /** Makes the only valid link of an account: earlier ones end. Answers the whole address. */
  async issue(db: Db, userId: string, purpose: LinkPurpose): Promise<string> {
    await this.withdraw(db, userId);
    const token = newSecret();
    await db.manager.insert(OneTimeLinkEntity, {
      id: uuidv7(),
      tokenHash: hashOfSecret(token),
      userId,
      purpose,
      sealedToken: this.sealer.seal(token),
      createdAt: this.now(),
      expiresAt: shifted(this.now(), lifetimes[purpose]),
    });
    return this.address(token);
  }

  /** Ends the links of an account. */
  async withdraw(db: Db, userId: string): Promise<void> {
    await db.run('DELETE FROM one_time_link WHERE user_id = ?', [userId]);
  }

  /** The link that a token belongs to. Throws `LinkNotValid`. */
  async find(token: string): Promise<OneTimeLinkEntity> {
    const link = await this.database.read(({ manager }) =>
      manager.findOneBy(OneTimeLinkEntity, { tokenHash: hashOfSecret(token) }),
    );
    if (!link || link.expiresAt <= this.now()) throw new LinkNotValid();
    return link;
  }

  /** Uses a link up, once even when used twice at the same time. Throws `LinkNotValid`. */
  async use(db: Db, { id, userId }: OneTimeLinkEntity): Promise<void> {
    const used = await db.run('DELETE FROM one_time_link WHERE id = ?', [id]);
    if (used === 0) throw new LinkNotValid();
    await this.withdraw(db, userId);
  }

  /** The invitations that are still open, by user. */
  async openInvitations({ manager }: Db, userIds: readonly string[]): Promise<Map<string, OpenInvitation>> {
    if (userIds.length === 0) return new Map();
    const links = await manager.findBy(OneTimeLinkEntity, {
      purpose: 'INVITATION',
      expiresAt: MoreThan(this.now()),
      userId: In([...userIds]),
    });
    return new Map(
      links.map(({ userId, sealedToken, expiresAt }) => [
        userId,
        { url: this.address(this.sealer.open(sealedToken)), expiresAt },
      ]),
    );
  }

  private address(token: string): string {
    return `${this.publicUrl()}/invitation/${token}`;
  }
}

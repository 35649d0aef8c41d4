import { v7 as uuidv7 } from 'uuid';
import { insertUnit, latestChange } from '../unit/new-unit';
import { type UnitEntity } from '../unit/unit.entity';
import { type Topics } from '../messages/topics';
import { Forbidden } from '../refusal';
import { type Settings } from '../settings';
import { type Database, type Db } from '../storage/database';
import { InstallationEntity } from '../storage/storage.entity';
import { type SignedIn } from './account.service';
import {
  emailFault,
  mustBeFaultless,
  nameFault,
  normalEmail,
  normalName,
  passwordFault,
} from './account-input';
import { type Actor } from './actor';
import { type Audit } from './audit';
import { type Clock } from './clock';
import { isDuplicateRow } from './duplicate-row';
import { type PasswordService } from './password.service';
import { hashOfSecret, newSecret } from './secret-token';
import { type SessionService } from './session.service';
import { UserEntity } from './user.entity';

/** Name of the row that holds the hash of the set-up token, as long as set-up is to be done. */
const tokenRow = 'set-up-token';

/** Fills an empty unit with the sample. */
export type FillSample = (unitId: string, actor: Actor) => Promise<void>;

export interface FirstAdminAndUnit {
  email: string;
  name: string;
  password: string;
  unitName: string;
  sampleUnit: boolean;
}

/** Makes the first organisation admin and the first unit, exactly once. */
export class SetUpService {
  private isDone = false;

  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordService,
    private readonly sessions: SessionService,
    private readonly topics: Topics,
    private readonly audit: Audit,
    private readonly now: Clock,
    private readonly fillSample: FillSample,
  ) {}

  /** Whether there is no account yet. */
  async needsSetUp(): Promise<boolean> {
    // Accounts are never deleted: once there is one, there is no need to ask again.
    if (!this.isDone) this.isDone = !(await this.database.read(hasNoAccount));
    return !this.isDone;
  }

  /**
   * To be called at start. Makes admin and unit from the settings where they name an admin; otherwise answers the
   * one-time token for `setUp`, to be shown to the operator only. Earlier tokens end. Nothing once there is an account.
   */
  async start({
    firstAdmin,
    firstUnit,
  }: Pick<Settings, 'firstAdmin' | 'firstUnit'>): Promise<string | undefined> {
    if (!(await this.needsSetUp())) return undefined;
    const token = newSecret();
    await this.openSetUp(hashOfSecret(token));
    if (!firstAdmin) return token;
    try {
      await this.make({
        ...firstAdmin,
        name: firstAdmin.email.split('@', 1)[0] ?? firstAdmin.email,
        unitName: firstUnit.name,
        sampleUnit: firstUnit.sample,
      });
    } catch (error) {
      // Another server that starts with the same settings was first.
      if (!(error instanceof SetUpRefused)) throw error;
    }
    return undefined;
  }

  /**
   * Makes admin and unit and signs the admin in. Throws `Forbidden` unless the token is the one that was made at
   * start and set-up is still to be done, `BadUserInput` with every fault.
   */
  async setUp(token: string, input: FirstAdminAndUnit): Promise<SignedIn> {
    await this.mustBePresent(token);
    mustBeFaultless({
      'input.email': emailFault(input.email),
      'input.name': nameFault(input.name),
      'input.password': passwordFault(input.password),
      'input.unitName': nameFault(input.unitName),
    });
    return this.make(input, token);
  }

  private async make(input: FirstAdminAndUnit, token?: string): Promise<SignedIn> {
    const passwordHash = await this.passwords.hash(input.password);
    const { unit, ...signedIn } = await this.database.transaction(async (db) => {
      await claim(db, token);
      const user = await this.insertAdmin(db, input, passwordHash);
      const unit = await insertUnit(db, input.unitName, user.id, this.now());
      await this.audit.record(db, { event: 'SET_UP', userId: user.id, unitId: unit.id });
      return { unit, user, session: await this.sessions.begin(db, user.id) };
    });
    this.topics.publish('unitChanged', unit.id, latestChange(unit));
    if (input.sampleUnit) await this.fillSample(unit.id, firstActor(signedIn, unit));
    return signedIn;
  }

  private async insertAdmin(
    db: Db,
    { email, name }: FirstAdminAndUnit,
    passwordHash: string,
  ): Promise<UserEntity> {
    const user: UserEntity = {
      id: uuidv7(),
      email: normalEmail(email),
      name: normalName(name),
      passwordHash,
      organisationAdmin: true,
      active: true,
      createdAt: this.now(),
    };
    await db.manager.insert(UserEntity, user);
    return user;
  }

  private async openSetUp(tokenHash: string): Promise<void> {
    const row = { name: tokenRow, value: tokenHash };
    const replace = (db: Db) =>
      db.run('UPDATE installation SET value = ? WHERE name = ?', [tokenHash, tokenRow]);
    try {
      await this.database.transaction(async (db) => {
        if ((await replace(db)) === 0) await db.manager.insert(InstallationEntity, row);
      });
    } catch (error) {
      if (!isDuplicateRow(error)) throw error;
      await this.database.transaction(replace);
    }
  }

  /** Before anything costly is done for somebody who has no token. */
  private async mustBePresent(token: string): Promise<void> {
    const row = await this.database.read(({ manager }) =>
      manager.findOneBy(InstallationEntity, { name: tokenRow, value: hashOfSecret(token) }),
    );
    if (!row) throw new SetUpRefused();
  }
}

class SetUpRefused extends Forbidden {
  constructor() {
    super(
      'This set-up link is not valid, or set-up is done already. The server prints a link when it starts.',
    );
  }
}

/** Of several at the same time, on all servers, only one gets past this. Without a token: the operator's own settings. */
async function claim(db: Db, token: string | undefined): Promise<void> {
  const claimed =
    token === undefined
      ? await db.run('DELETE FROM installation WHERE name = ?', [tokenRow])
      : await db.run('DELETE FROM installation WHERE name = ? AND value = ?', [
          tokenRow,
          hashOfSecret(token),
        ]);
  if (claimed === 0 || !(await hasNoAccount(db))) throw new SetUpRefused();
}

const hasNoAccount = async (db: Db): Promise<boolean> =>
  (await db.rows('SELECT id FROM user LIMIT 1')).length === 0;

const firstActor = ({ user, session }: SignedIn, unit: UnitEntity): Actor => ({
  userId: user.id,
  email: user.email,
  name: user.name,
  organisationAdmin: true,
  roles: new Map([[unit.id, 'ADMIN']]),
  via: { kind: 'session', id: session.id },
});

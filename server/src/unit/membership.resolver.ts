import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { signedIn } from '../access/abilities';
import { type Context, keep } from '../graphql/context';
import { type Database } from '../storage/database';
import { holdsAccount } from './account-hold';
import { lastAdminOf } from './last-admin';
import { UnitMembershipType } from './membership.type';
import { type Membership, unitIdsOf } from './memberships';

/** What those who manage members want to know before they try. */
@Resolver(() => UnitMembershipType)
export class MembershipResolver {
  constructor(private readonly database: Database) {}

  @FieldResolver(() => Boolean, {
    description: 'Whether the user has an account but has never chosen a password for it.',
  })
  invited(@Root() { user }: Membership): boolean {
    return user.passwordHash === null;
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the caller may reset the password and deactivate: organisation admins, or admins of the only unit.',
  })
  async manageable(@Root() { user }: Membership, @Ctx() context: Context): Promise<boolean> {
    const units = keep(context, 'units of users', () => this.unitsLoader());
    return holdsAccount(signedIn(context), { user, unitIds: await units.load(user.id) });
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it is the only admin of the unit who can sign in, and so stays an admin.',
  })
  async lastAdmin(@Root() { unit, user, role }: Membership, @Ctx() context: Context): Promise<boolean> {
    if (role !== 'ADMIN') return false;
    const last = keep(context, `last admin of ${unit.id}`, () =>
      this.database.read((db) => lastAdminOf(db, unit.id)),
    );
    return (await last) === user.id;
  }

  private unitsLoader(): DataLoader<string, string[]> {
    return new DataLoader(async (userIds) => {
      const units = await this.database.read((db) => unitIdsOf(db, userIds));
      return userIds.map((id) => units.get(id) ?? []);
    });
  }
}

import { chunks, type Db, placeholders } from '../../storage/database';
import { type BackupNotice } from '../rejection';

const shownOwners = 5;

/** One warning for all owners of workspaces who are no members of the unit; none where there are none. */
export async function unknownOwnerWarning(
  db: Db,
  unitId: string,
  owners: ReadonlySet<string>,
): Promise<BackupNotice | undefined> {
  const unknown = new Set(owners);
  for (const some of chunks([...owners], 500)) {
    const members = await db.rows(
      `SELECT u.email FROM user u JOIN membership m ON m.user_id = u.id WHERE m.unit_id = ? AND u.email IN (${placeholders(some.length)})`,
      [unitId, ...some],
    );
    for (const [email] of members) unknown.delete(email as string);
  }
  if (unknown.size === 0) return undefined;
  const names = [...unknown].slice(0, shownOwners).join(', ');
  const more = unknown.size > shownOwners ? ` and ${unknown.size - shownOwners} more` : '';
  return {
    code: 'UNKNOWN_OWNER',
    message: `Workspaces belong to people who are not members of this unit: ${names}${more}. Private ones are seen by admins only until such a member exists.`,
    section: 'workspaces',
    field: 'owner',
  };
}

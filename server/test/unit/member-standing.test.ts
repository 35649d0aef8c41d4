import { Newsroom } from '../safe-mode/parts/newsroom';

/** What those who manage members are told before they try, by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

interface Member {
  user: { name: string; id: string };
  invited: boolean;
  inviteUrl: string | null;
  inviteExpiresAt: string | null;
  manageable: boolean;
  lastAdmin: boolean;
}

async function membersSeenBy(who: Newsroom['admin']): Promise<Map<string, Member>> {
  const { members } = await who.configuration.unit<{ members: { nodes: Member[] } }>(
    'members { nodes { user { id name } invited inviteUrl inviteExpiresAt manageable lastAdmin } }',
  );
  return new Map(members.nodes.map((member) => [member.user.name, member]));
}

test('an invitation tells until when it works, and that no password was chosen yet', async () => {
  const before = Date.now();
  await room.admin.configuration.mutate(
    'addMember',
    'AddMemberInput',
    { email: 'ines@example.org', name: 'Ines', role: 'USER' },
    'role',
  );
  const members = await membersSeenBy(room.admin);
  const ines = members.get('Ines');
  expect(ines).toMatchObject({ invited: true, inviteUrl: expect.stringContaining('/invitation/') as string });
  const days = (new Date(ines?.inviteExpiresAt ?? 0).getTime() - before) / 86_400_000;
  expect(days).toBeGreaterThan(13.9);
  expect(days).toBeLessThan(14.1);
  expect(members.get('Grace')).toMatchObject({ invited: false, inviteUrl: null, inviteExpiresAt: null });
});

test('an admin of one unit is told that the account of an organisation admin is out of reach', async () => {
  const reach = async (who: Newsroom['admin']) =>
    [...(await membersSeenBy(who)).values()]
      .filter(({ manageable }) => manageable)
      .map(({ user }) => user.name);
  const everybody = [...(await membersSeenBy(room.admin)).keys()];
  expect(await reach(room.admin)).toEqual(everybody);
  expect((await reach(room.grace)).sort()).toEqual(['Grace', 'Ines']);
  expect(everybody).toHaveLength(3);
});

test('the only admin who can sign in is told to be the last one, as long as there is no other', async () => {
  expect([...(await membersSeenBy(room.admin)).values()].filter(({ lastAdmin }) => lastAdmin)).toEqual([]);
  const grace = (await membersSeenBy(room.admin)).get('Grace')!;
  await room.admin.configuration.mutate(
    'updateMember',
    'UpdateMemberInput',
    { userId: grace.user.id, role: 'USER' },
    'role',
  );
  const last = [...(await membersSeenBy(room.admin)).values()].filter(({ lastAdmin }) => lastAdmin);
  expect(last).toHaveLength(1);
  expect(last[0]?.user.name).not.toBe('Grace');
});

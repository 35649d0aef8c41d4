import { type Credentials, type TestServer } from '../../parts/running-server';

/** Adds another admin to a unit and signs in as them. */
export async function addedAdmin(
  server: TestServer,
  admin: Credentials,
  unitId: string,
  email = 'second@example.org',
): Promise<Credentials> {
  const password = 'another long password';
  const { errors } = await server.graphql(
    'mutation ($input: AddMemberInput!) { addMember(input: $input) { role } }',
    { input: { unitId, email, name: 'Second', role: 'ADMIN', password } },
    admin,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return server.signIn({ email, password });
}

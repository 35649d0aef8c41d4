/** Where a MySQL or MariaDB database is: one server, or the nodes of a cluster in the order in which they are tried. */
export interface DatabaseAddress {
  hosts: { host: string; port: number }[];
  user: string;
  password: string;
  database: string;
}

const form = /^(?:mysql|mariadb):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^@/?]+)\/([^/?]+)$/;
/** A name or IPv4 address, or an IPv6 address in brackets; then the port. */
const hostForm = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i;

/**
 * The parts of `mysql://user:password@host:3306/database`; hosts may be several, with commas between them. Signs with a
 * meaning of their own are percent-encoded. Answers nothing for anything else.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress | undefined {
  const [, user = '', password = '', hosts = '', database = ''] = form.exec(url) ?? [];
  const found = hosts.split(',').map((host) => hostForm.exec(host));
  if (!found.every((host) => host !== null)) return undefined;
  try {
    return {
      hosts: found.map(([, ipv6, name, port]) => ({ host: ipv6 ?? name!, port: Number(port ?? 3306) })),
      user: decodeURIComponent(user),
      password: decodeURIComponent(password),
      database: decodeURIComponent(database),
    };
  } catch {
    return undefined;
  }
}

/** As `parseDatabaseUrl`, of a setting that was checked before. */
export function addressOf(url: string): DatabaseAddress {
  const address = parseDatabaseUrl(url);
  if (!address) throw new Error('DATABASE_URL is not the address of a MySQL or MariaDB database.');
  return address;
}

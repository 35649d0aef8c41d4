import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { password } from '../product/served-product';

/** age asks for passwords on a terminal only: this gives it one and types as often as it asks. */
const typing = `
import os, pty, sys
password = sys.argv[1].encode() + b"\\n"
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("bash", ["bash", "-o", "pipefail", "-c", sys.argv[2]])
heard = b""
while True:
    try:
        heard += os.read(terminal, 1024)
    except OSError:
        break
    if heard.rstrip().endswith(b":"):
        os.write(terminal, password)
        heard = b""
    said = heard
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** Runs a pipe of programs, one of which is age. */
export async function pipe(command: string): Promise<void> {
  const child = spawn('python3', ['-c', typing, password, command], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}

/** A database of a MariaDB server, as the client programs name it. */
export interface ClientPlace {
  port: number;
  database: string;
}

const client = ({ port }: ClientPlace) => `--no-defaults -h 127.0.0.1 -P ${port} -u root`;

/** Dumps the config keys of a generation, packed and encrypted. */
export const dump = (place: ClientPlace, generationId: string, file: string): Promise<void> =>
  pipe(
    `mariadb-dump ${client(place)} --single-transaction --where="generation_id='${generationId}'" ${place.database} config_key | gzip -1 | age -p > ${file}`,
  );

/** Loads a dump into another database, in the place of what it holds. */
export const load = (place: ClientPlace, file: string): Promise<void> =>
  pipe(`age -d ${file} | gunzip | mariadb ${client(place)} ${place.database}`);

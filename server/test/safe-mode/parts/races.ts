import { racesOfEnding } from './races-of-ending';
import { racesOfRecording } from './races-of-recording';
import { Racing } from './racing';
import { storm } from './storm';
import { type TestedFiles } from './tested-files';

/** What happens at the same moment, on one server or on two at the same place. */
export function races(someFiles: () => Promise<TestedFiles>, servers: 1 | 2): void {
  const racing = Racing.on(someFiles, servers);
  racesOfRecording(racing);
  racesOfEnding(racing);
  storm(racing);
}

import { Example } from '../example/readExample';
import { openForge } from '../forge';
import { SandboxSettings } from '../settings';
import { readMarker, writeMarker } from './marker';
import { before, identity } from './platformHistory';
import { hashOf } from './sourceTree';

/** How long ago the example was committed, in hours. */
const committedHoursAgo = 26;

/** Fills the forge with the repository of an example, when it is empty: one commit, nothing else. */
export async function seedExample(
  settings: SandboxSettings,
  { name, files }: Example,
  options: { now: Date; log: (line: string) => void },
): Promise<void> {
  const sources = hashOf(files);
  const marker = await readMarker(settings.stateDir);
  if (marker) {
    if (marker.sources !== sources) {
      options.log(
        `examples/${name} changed since the forge was filled; npm run sandbox -- reset starts over with it.`,
      );
    }
    return;
  }
  const forge = await openForge(settings);
  try {
    await forge.commitFiles({
      repository: 'platform',
      branch: 'main',
      files,
      message: `feat: the platform as in examples/${name}`,
      author: identity('ada'),
      date: before(options.now, committedHoursAgo),
    });
  } finally {
    await forge.close();
  }
  await writeMarker(settings.stateDir, { sources });
  options.log(`Filled the forge's acme/platform with examples/${name}.`);
}

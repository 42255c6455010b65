import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dashboards, dashboardText } from './dashboards';

/** Writes the dashboards: `main <directory> <portal's URL>`. */
const [directory, portalUrl] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
for (const [name, dashboard] of Object.entries(dashboards(portalUrl))) {
  const file = path.join(directory, name);
  writeFileSync(file, dashboardText(dashboard));
  process.stdout.write(`${file}\n`);
}

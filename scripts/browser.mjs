/** Finds a browser for the browser suite, and installs one where that is possible. */
import { CureError } from './lib/output.mjs';
import { isExecutable, logDir, which } from './lib/paths.mjs';
import { run, runStep } from './lib/processes.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'chrome',
];
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const cure =
  'install one (Debian and Ubuntu: apt-get install chromium, Fedora: dnf install chromium, macOS: brew install --cask chromium), ' +
  'or name its program in CHROME_PATH.';

/**
 * The absolute path of a Chromium, Chrome or Edge. CHROME_PATH or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH name one; else PATH and
 * macOS' applications are searched; else, as root on Debian, it is installed.
 * @throws {CureError} saying how to install one
 */
export async function findBrowser(env = process.env, platform = process.platform) {
  for (const variable of ['CHROME_PATH', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH']) {
    if (!env[variable]) continue;
    if (await isExecutable(env[variable])) return env[variable];
    throw new CureError(`${variable}=${env[variable]} is no program that can be run: correct it.`);
  }
  return (await installedBrowser(env, platform)) ?? installBrowser(env, platform);
}

async function installedBrowser(env, platform) {
  for (const name of names) {
    const file = await which(name, env.PATH);
    // Ubuntu's chromium-browser is a stub that only says "install the snap".
    if (file && (await runs(file))) return file;
  }
  for (const file of platform === 'darwin' ? macApplications : []) {
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function runs(file) {
  const answer = await run(file, ['--version']).catch(() => undefined);
  return answer?.code === 0;
}

async function installBrowser(env, platform) {
  const apt = await which('apt-get', env.PATH);
  if (!apt || process.getuid?.() !== 0) throw new CureError(`No browser was found: ${cure}`);
  const options = {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    logDir,
    cure: `Then ${cure}`,
  };
  await runStep('Reading the package lists', apt, ['update', '-q'], options);
  const packages = ['--no-install-recommends', 'chromium', 'fonts-liberation'];
  await runStep('Installing Chromium', apt, ['install', '-y', '-q', ...packages], options);
  const browser = await installedBrowser(env, platform);
  if (!browser) throw new CureError(`The installed Chromium does not run: ${cure}`);
  return browser;
}

import { SandboxSettings } from '../settings';

export async function seedIfNeeded(
  settings: SandboxSettings,
  options: { now: Date; log: (line: string) => void },
): Promise<void> {
  options.log(`nothing yet for ${settings.stateDir}`);
}

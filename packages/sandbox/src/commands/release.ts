import { SandboxSettings } from '../settings';

/** `release`: plays CI. */
export async function releaseCommand(
  settings: SandboxSettings,
  args: string[],
  print: (text: string) => void,
): Promise<void> {
  print(JSON.stringify([settings.stateDir, args]));
}

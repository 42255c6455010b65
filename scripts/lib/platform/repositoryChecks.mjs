/** Checks of the workflows and of the history. */
import { judge } from './judge.mjs';

export const actionlint = {
  title: 'actionlint',
  tools: ['actionlint'],
  run: async programs => [await judge('.github/workflows', programs.actionlint, [])],
};

export const zizmor = {
  title: 'zizmor, pedantic',
  tools: ['zizmor'],
  run: async programs => {
    const args = [
      '--offline',
      '--quiet',
      '--no-progress',
      '--persona',
      'pedantic',
      '--strict-collection',
    ];
    return [await judge('.github', programs.zizmor, [...args, '.github'])];
  },
};

export const gitleaks = {
  title: 'gitleaks over the whole history',
  tools: ['gitleaks'],
  run: async programs => {
    const args = ['git', '--no-banner', '--redact', '--verbose', '--config', '.gitleaks.toml', '.'];
    return [await judge('history', programs.gitleaks, args)];
  },
};

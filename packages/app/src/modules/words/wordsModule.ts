import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { catalogReactWords, catalogWords, coreWords, searchWords } from './frameWords';
import { scaffolderWords, settingsWords } from './pageWords';

const all = {
  catalogReactWords,
  catalogWords,
  coreWords,
  scaffolderWords,
  searchWords,
  settingsWords,
};

/** Backstage's texts in the words of this portal: sentence case, and no links to documentation that is not ours. */
export const wordsModule = createFrontendModule({
  pluginId: 'app',
  extensions: Object.entries(all).map(([name, resource]) =>
    TranslationBlueprint.make({ name, params: { resource } }),
  ),
});

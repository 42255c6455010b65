import type { LayoutSettings } from '../layout/layoutSchema';
import { presets, type PresetName } from '../layout/presets';

/** Names the preset that a layout is one of, so that people know what it is; what differs from it stays. */
export function withPreset(settings: LayoutSettings): LayoutSettings {
  const { path, versions } = settings;
  const found = (Object.keys(presets) as PresetName[]).find(name => {
    const preset = presets[name];
    return 'versions' in preset
      ? path === preset.path && versions !== undefined
      : path === preset.path;
  });
  return found === undefined ? settings : { preset: found, ...settings };
}

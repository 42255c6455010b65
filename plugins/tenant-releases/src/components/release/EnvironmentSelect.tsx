import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useTenantReleases } from '../../api/useReleases';
import { FilterSelect } from '../common/FilterSelect';

/** The environments that a tenant's service is in, of which one is shown. */
export function EnvironmentSelect(props: {
  release: ReleaseKey;
  value: string;
  onChange: (environment: string) => void;
}) {
  const { release, value, onChange } = props;
  const { data } = useTenantReleases(release.tenant);
  const found = (data?.items ?? [])
    .filter(({ service }) => service === release.service)
    .flatMap(({ environment }) => environment ?? []);
  const names = found.includes(value) ? found : [...found, value];
  return (
    <FilterSelect
      label="Environment"
      value={value}
      options={names.map(name => ({ value: name, label: name }))}
      onChange={onChange}
    />
  );
}

import type { Release } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { type TenantFilters, countStates, filterExceptState } from '../../domain/tenantFilters';
import { shortVersion } from '../../domain/version';
import { FilterSelect } from '../common/FilterSelect';
import { SearchField } from '../common/SearchField';
import { StateChips } from './StateChips';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5), alignItems: 'center' },
    fields: { display: 'flex', flexWrap: 'wrap', flex: '1 1 600px', gap: theme.spacing(1.5) },
  }),
  { name: 'TenantReleasesToolbar' },
);

const optionsOf = (values: Array<string | number>) =>
  [...new Set(values)]
    .sort()
    .map(value => ({ value: String(value), label: shortVersion(String(value)) }));

/** Chips and fields that narrow the table; a field is there only where there is something to choose. */
export function TenantsToolbar(props: {
  releases: Release[];
  filters: TenantFilters;
  onChange: (filters: TenantFilters) => void;
}) {
  const { releases, filters, onChange } = props;
  const classes = useStyles();
  const counted = filterExceptState(releases, filters);
  const versions = releases.flatMap(({ desired, running }) => [
    ...(desired ? [desired.version] : []),
    ...running.map(({ version }) => version),
  ]);
  const services = optionsOf(releases.map(({ service }) => service));
  return (
    <div className={classes.root}>
      <StateChips
        counts={countStates(counted)}
        total={counted.length}
        selected={filters.states}
        onSelect={states => onChange({ ...filters, states })}
      />
      <div className={classes.fields}>
        <SearchField
          label="Search tenants"
          value={filters.text}
          delay={150}
          onChange={text => onChange({ ...filters, text })}
        />
        <FilterSelect
          label="Tier"
          all="any"
          value={filters.tier ?? ''}
          options={optionsOf(releases.map(({ tier }) => tier))}
          onChange={tier => onChange({ ...filters, tier: tier || undefined })}
        />
        <FilterSelect
          label="Ring"
          all="any"
          value={filters.ring === undefined ? '' : String(filters.ring)}
          options={optionsOf(releases.flatMap(({ ring }) => (ring < 0 ? [] : [ring])))}
          onChange={ring => onChange({ ...filters, ring: ring ? Number(ring) : undefined })}
        />
        {services.length > 1 && (
          <FilterSelect
            label="Service"
            all="any"
            value={filters.service ?? ''}
            options={services}
            onChange={service => onChange({ ...filters, service: service || undefined })}
          />
        )}
        <FilterSelect
          label="Version"
          all="any"
          value={filters.version ?? ''}
          options={optionsOf(versions)}
          onChange={version => onChange({ ...filters, version: version || undefined })}
        />
      </div>
    </div>
  );
}

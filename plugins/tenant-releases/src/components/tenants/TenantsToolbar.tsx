import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { RiCloseLine } from '@remixicon/react';
import { concernLabel } from '../../domain/concernWords';
import type { FleetRow } from '../../domain/fleet';
import { fleetVersions } from '../../domain/fleetVersions';
import { ringName } from '../../domain/ringName';
import type { TenantFilters } from '../../domain/tenantFilters';
import { type ReactNode, type Ref, useMemo } from 'react';
import { shortVersion } from '../../domain/version';
import { FilterSelect } from '../common/FilterSelect';
import { SearchField } from '../common/SearchField';
import { visuallyHidden } from '../../theme/visuallyHidden';
import { StateChips } from './StateChips';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' },
    fields: {
      display: 'flex',
      flexWrap: 'wrap',
      flex: '1 1 600px',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
    },
  }),
  { name: 'TenantReleasesToolbar' },
);

const optionsOf = (values: Iterable<string>) =>
  [...new Set(values)].sort().map(value => ({ value, label: value }));

/** Rings in the order of promotion; two may have one name. */
function ringOptions(rows: readonly FleetRow[]) {
  const names = new Map(rows.map(({ ring, ringName: name }) => [ring, name]));
  return [...names]
    .filter(([ring]) => ring >= 0)
    .sort(([a], [b]) => a - b)
    .map(([ring, name]) => ({ value: String(ring), label: ringName(ring, name) }));
}

/** What can be chosen among these rows. */
function choicesOf(rows: readonly FleetRow[]) {
  return {
    services: optionsOf(rows.map(({ service }) => service)),
    tiers: optionsOf(rows.map(({ tier }) => tier)),
    rings: ringOptions(rows),
    versions: fleetVersions(rows).map(({ version }) => ({
      value: version,
      label: shortVersion(version),
    })),
  };
}

interface TenantsToolbarProps {
  /** Every row there is. */
  rows: readonly FleetRow[];
  /** How many are in each state, whichever states are chosen. */
  counts: Record<ReleaseState, number>;
  filters: TenantFilters;
  search: Ref<HTMLInputElement>;
  onChange: (filters: TenantFilters) => void;
  children?: ReactNode;
}

/** Chips and fields that narrow the table; a field is there only where there is something to choose. */
export function TenantsToolbar(props: TenantsToolbarProps) {
  const { rows, counts, filters, search, onChange, children } = props;
  const classes = useStyles();
  const { services, tiers, rings, versions } = useMemo(() => choicesOf(rows), [rows]);
  return (
    <div className={classes.root}>
      <StateChips
        counts={counts}
        selected={filters.states}
        onSelect={states => onChange({ ...filters, states })}
      />
      <div className={classes.fields}>
        <SearchField
          inputRef={search}
          label="Search tenants"
          value={filters.text}
          delay={150}
          onChange={text => onChange({ ...filters, text })}
        />
        <FilterSelect
          label="Tier"
          all="any"
          value={filters.tier ?? ''}
          options={tiers}
          onChange={tier => onChange({ ...filters, tier: tier || undefined })}
        />
        <FilterSelect
          label="Ring"
          all="any"
          value={filters.ring === undefined ? '' : String(filters.ring)}
          options={rings}
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
          options={versions}
          onChange={version => onChange({ ...filters, version: version || undefined })}
        />
        {filters.concern && (
          <Button
            size="small"
            endIcon={<RiCloseLine size={16} aria-hidden />}
            onClick={() => onChange({ ...filters, concern: undefined })}
          >
            Only: {concernLabel(filters.concern)}
            <span style={visuallyHidden}>, drop this filter</span>
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}

import { Link } from '@backstage/core-components';
import {
  SearchBar,
  SearchContextProvider,
  SearchResult,
  useSearch,
} from '@backstage/plugin-search-react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import { useEffect, useId, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { CatalogResultItem } from './CatalogResultItem';

function Results({ onClose, titleId }: { onClose: () => void; titleId: string }) {
  const { term } = useSearch();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const all = `/search?${new URLSearchParams({ query: term })}`;
  const showAll = () => {
    navigate(all);
    onClose();
  };
  return (
    <>
      <DialogContent>
        <SearchBar
          inputProps={{ ref: field }}
          label="Tenants, services, people"
          placeholder="Name of a tenant, a service or a person"
          onSubmit={showAll}
        />
        {term.trim() !== '' && (
          <SearchResult>
            {({ results }) => (
              <List aria-labelledby={titleId}>
                {results.map(({ document, highlight }) => (
                  <ListItem key={document.location} divider disableGutters>
                    <CatalogResultItem result={document} highlight={highlight} />
                  </ListItem>
                ))}
              </List>
            )}
          </SearchResult>
        )}
      </DialogContent>
      <DialogActions>
        {term.trim() !== '' && (
          <Link to={all} onClick={onClose}>
            All results
          </Link>
        )}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </>
  );
}

/** Search over the page: a tenant's result leads to its Release tab. */
export function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const titleId = useId();
  return (
    <Dialog open={open} onClose={onClose} maxWidth="md" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Search</DialogTitle>
      <SearchContextProvider>
        <Results onClose={onClose} titleId={titleId} />
      </SearchContextProvider>
    </Dialog>
  );
}

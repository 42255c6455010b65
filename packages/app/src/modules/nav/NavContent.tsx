import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import type { NavContentComponent } from '@backstage/plugin-app-react';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { RiMenuLine, RiQuestionLine, RiSearchLine } from '@remixicon/react';
import { useState } from 'react';
import { KeyboardHelp } from '../help';
import { SkipLink } from '../layout';
import { useReach } from '../reach';
import { PortalSearch } from '../search';
import { Logo } from './Logo';

const SearchIcon = () => <RiSearchLine />;

/** The sidebar: tenants first, then what else the installed plugins bring. What leads to nothing is left out. */
export const NavContent: NavContentComponent = ({ navItems }) => {
  const [isSearching, setSearching] = useState(false);
  const { tenants = true, templates = false, sources = false } = useReach();
  const nav = navItems.withComponent(item => (
    <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
  ));
  // Reached by the search box and from entity pages.
  nav.take('page:search');
  nav.take('page:catalog-graph');
  const settings = nav.take('page:user-settings');
  const tenantsItem = nav.take('page:tenant-releases');
  const sourcesItem = nav.take('page:tenant-releases/sources');
  const catalogItem = nav.take('page:catalog');
  const createItem = nav.take('page:scaffolder');
  const helpItem = nav.take('page:app/help');
  return (
    <>
      <SkipLink />
      <Sidebar>
        <Logo />
        <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
          <SidebarItem icon={SearchIcon} text="Search" onClick={() => setSearching(true)} />
        </SidebarGroup>
        <SidebarDivider />
        <SidebarGroup label="Menu" icon={<RiMenuLine />}>
          {tenants && tenantsItem}
          {catalogItem}
          {templates && createItem}
          {sources && sourcesItem}
          <SidebarScrollWrapper>{nav.rest({ sortBy: 'title' })}</SidebarScrollWrapper>
        </SidebarGroup>
        <SidebarSpace />
        <SidebarDivider />
        <SidebarGroup label="Help" icon={<RiQuestionLine />} to="/help">
          {helpItem}
        </SidebarGroup>
        <SidebarGroup label="Settings" icon={<UserSettingsSignInAvatar />} to="/settings">
          {settings}
        </SidebarGroup>
      </Sidebar>
      <PortalSearch isOpen={isSearching} setOpen={setSearching} />
      <KeyboardHelp />
    </>
  );
};

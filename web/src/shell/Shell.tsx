import {
  IconChartLine,
  IconListDetails,
  IconPencilPlus,
  IconPlugConnected,
} from "@tabler/icons-react";
import { Button } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import { Link, NavLink, useLocation } from "react-router";
import { useLiveUpdates } from "../api/live";
import type { Customer, User } from "../api/types";
import { Boundary } from "./Boundary";
import { Logo } from "./Logo";
import { PersonMenu } from "./PersonMenu";
import css from "./Shell.module.css";

const kPages = [
  { to: "/compose", label: "Compose", Icon: IconPencilPlus },
  { to: "/posts", label: "Posts", Icon: IconListDetails },
  { to: "/analytics", label: "Analytics", Icon: IconChartLine },
  { to: "/social-platform", label: "Platforms", Icon: IconPlugConnected },
];

export function Shell(props: { user: User; customer: Customer; children: ReactNode }) {
  useLiveUpdates();
  const { pathname, hash } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    // A new page begins at its top, for eyes and for screen readers; useAnchor knows another place.
    if (!hash) window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname, hash]);
  const brand = (
    <Link to="/" className={css.brand} aria-label="Herald, home">
      <Logo /> Herald
    </Link>
  );
  return (
    <div className={css.frame}>
      <Button component="a" href="#main" className="skip">
        Skip to content
      </Button>
      <header className={css.top}>
        {brand}
        <PersonMenu {...props} className={css.person} small />
      </header>
      <header className={css.side}>
        {brand}
        <nav className={css.links} aria-label="Pages">
          {kPages.map(({ to, label, Icon }) => (
            <NavLink key={to} to={to} className={css.link}>
              <Icon size={20} stroke={1.7} aria-hidden />
              {label}
            </NavLink>
          ))}
        </nav>
        <div className={css.footer}>
          <PersonMenu {...props} className={css.person} />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={css.main}>
        <Boundary key={pathname}>{props.children}</Boundary>
      </main>
    </div>
  );
}

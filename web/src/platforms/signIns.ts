import type { Account, Platform, Scope, SignIn } from "../api/types";

/** The ways in that the server is set up for. */
export function readySignIns(platform: Platform): SignIn[] {
  return platform.sign_ins.filter((signIn) => signIn.configured);
}

/** What is asked for besides where figures are wanted. */
export function figureScopes(signIn: SignIn): Scope[] {
  return signIn.scopes.filter((scope) => scope.use === "measure");
}

/** Which sign-in an account came by: the one whose required permissions it was given. */
function signInOf(platform: Platform, account: Account): SignIn | undefined {
  const given = (scope: Scope) => !scope.required || account.granted_scopes.includes(scope.name);
  return platform.sign_ins.find((signIn) => signIn.scopes.every(given)) ?? platform.sign_ins[0];
}

/** A permission that the account was connected without. */
export interface Missing {
  scope: string;
  asked: boolean; // Whether connecting asks for it: the operator may have left it out.
}

/** What keeps the account from something that takes a permission; null: nothing does. */
export function missingFor(
  scopes: string[],
  platform: Platform,
  account: Account,
): Missing | null {
  const granted = account.granted_scopes;
  // Some platforms do not say what they granted.
  if (granted.length === 0) return null;
  const [first] = scopes;
  if (first === undefined || scopes.some((scope) => granted.includes(scope))) return null;
  const names = signInOf(platform, account)?.scopes.map(({ name }) => name) ?? [];
  const asked = scopes.find((scope) => names.includes(scope));
  return { scope: asked ?? first, asked: asked !== undefined };
}

/** The figures that an account's grant does not open, as people read them. */
export function figuresOff(platform: Platform, account: Account): string[] {
  const signIn = signInOf(platform, account);
  // Some platforms do not say what they granted.
  if (!signIn || account.granted_scopes.length === 0) return [];
  const off = figureScopes(signIn).filter(
    ({ name, account_kinds }) =>
      !account.granted_scopes.includes(name) &&
      (account_kinds.length === 0 || account_kinds.includes(account.kind)),
  );
  return [...new Set(off.flatMap(({ figures }) => figures))];
}

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

/** The permissions for an account's figures: how many there are, and those that it was not given. */
export function figuresOf(
  platform: Platform,
  account: Account,
): { wanted: number; missing: Scope[] } {
  const signIn = signInOf(platform, account);
  // Some platforms do not say what they granted.
  if (!signIn || account.granted_scopes.length === 0) return { wanted: 0, missing: [] };
  const wanted = figureScopes(signIn).filter(
    ({ account_kinds }) => account_kinds.length === 0 || account_kinds.includes(account.kind),
  );
  const missing = wanted.filter((scope) => !account.granted_scopes.includes(scope.name));
  return { wanted: wanted.length, missing };
}

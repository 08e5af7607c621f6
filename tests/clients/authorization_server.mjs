// A certified authorization server (npm oidc-provider) in Google's place: PKCE required, refresh
// tokens rotate, a refresh token used twice ends the grant. Only paths are rewritten:
//   /accounts.google.com/o/oauth2/v2/auth   its authorization endpoint
//   /oauth2.googleapis.com/token, /revoke   its token and revocation endpoints
// and behind its tokens stands as much of YouTube as Herald needs to use them.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const kApi = "https://www.googleapis.com/auth/";
const kScopes = ["youtube.upload", "youtube.readonly", "youtube.force-ssl"].map((s) => kApi + s);
const kMounts = ["/accounts.google.com", "/oauth2.googleapis.com"];

const kChannel = {
  id: "UCcertified",
  snippet: { title: "Certified", customUrl: "@certified", thumbnails: {} },
  contentDetails: { relatedPlaylists: { uploads: "UUcertified" } },
  status: { longUploadsStatus: "allowed" },
};

export class AuthorizationServer {
  /** What its endpoints were asked, as { route, url, params, status }. */
  asked = [];
  /** What was asked with an access token, as { path, token }; `token` null: it is not good. */
  used = [];
  #server = createServer((request, answer) => this.#serve(request, answer));
  #provider;
  #client;
  #live; // The access token that was last good.

  static async open() {
    const server = new AuthorizationServer();
    await new Promise((done) => server.#server.listen(0, "127.0.0.1", done));
    server.url = `http://127.0.0.1:${server.#server.address().port}`;
    return server;
  }

  /** Knows this client from now on. */
  register({ id, secret, redirectUris }) {
    this.#client = { id, secret };
    this.#provider = new Provider("https://accounts.google.com", {
      clients: [
        {
          client_id: id,
          client_secret: secret,
          redirect_uris: redirectUris,
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          token_endpoint_auth_method: "client_secret_post",
        },
      ],
      scopes: kScopes,
      pkce: { required: () => true },
      rotateRefreshToken: true,
      issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
      routes: { authorization: "/o/oauth2/v2/auth", token: "/token", revocation: "/revoke" },
      features: {
        revocation: { enabled: true, allowedPolicy: () => true },
        devInteractions: { enabled: false },
      },
      interactions: { url: (_ctx, { uid }) => `${kMounts[0]}/interaction/${uid}` },
      findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400, Interaction: 600, Session: 600 },
      cookies: { keys: ["a key for the cookies of one test run"] },
      renderError: (ctx, out) => (ctx.body = JSON.stringify(out)),
    });
    this.#provider.use(async (ctx, next) => {
      await next();
      const { route, body, params } = ctx.oidc ?? {};
      const url = ctx.req.originalUrl;
      this.asked.push({ route, url, params: { ...params, ...body }, status: ctx.status });
    });
  }

  // As a client that knows the secret; the error that comes back.
  async #ask(fields) {
    const { id, secret } = this.#client;
    const body = new URLSearchParams({ ...fields, client_id: id, client_secret: secret });
    const answer = await fetch(`${this.url}/oauth2.googleapis.com/token`, { method: "POST", body });
    return (await answer.json()).error;
  }
  refresh = (refresh_token) => this.#ask({ grant_type: "refresh_token", refresh_token });
  exchange = (fields) => this.#ask({ grant_type: "authorization_code", ...fields });

  askedOf = (route) => this.asked.filter((one) => one.route === route);

  async #serve(request, answer) {
    const mount = kMounts.find((one) => request.url.startsWith(`${one}/`));
    if (!mount) return this.#youtube(request, answer);
    // oidc-provider makes its own addresses below the mount of which this tells it.
    request.originalUrl = request.url;
    request.url = request.url.slice(mount.length);
    if (request.url.startsWith("/interaction/")) return this.#sayYes(request, answer);
    if (request.url === "/revoke") this.#introduce(request);
    return this.#provider.callback()(request, answer);
  }

  // Google's revocation endpoint knows the client by the token; this one wants to be told.
  #introduce(request) {
    const { id, secret } = this.#client;
    const words = Buffer.from(`client_id=${id}&client_secret=${secret}&`);
    request.headers["content-length"] = String(
      Number(request.headers["content-length"]) + words.length,
    );
    request.unshift(words);
  }

  // The person signs in and agrees to all that is asked.
  async #sayYes(request, answer) {
    const asked = await this.#provider.interactionDetails(request, answer);
    const { prompt, params, session } = asked;
    if (prompt.name === "login") {
      return this.#provider.interactionFinished(request, answer, { login: { accountId: "mia" } });
    }
    const grant = new this.#provider.Grant({
      accountId: session.accountId,
      clientId: params.client_id,
    });
    grant.addOIDCScope(params.scope);
    const consent = { grantId: await grant.save() };
    return this.#provider.interactionFinished(request, answer, { consent });
  }

  async #youtube(request, answer) {
    const { pathname } = new URL(request.url, this.url);
    const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
    const token = (bearer && (await this.#provider.AccessToken.find(bearer))) ?? null;
    const good = token?.isValid ? bearer : null;
    if (good) this.#live = token;
    this.used.push({ path: pathname, token: good });
    const say = (status, body) => {
      answer.writeHead(status, { "content-type": "application/json" });
      answer.end(JSON.stringify(body));
    };
    const refuse = (code, reason) =>
      say(code, { error: { code, message: reason, errors: [{ reason, message: reason }] } });
    if (!good) return refuse(401, "authError");
    if (pathname.endsWith("/youtube/v3/channels")) return say(200, { items: [kChannel] });
    return refuse(400, "invalidTitle"); // No video is wanted here, only the way to it.
  }

  /** Ends the access token that was last good, before its time. */
  async endToken() {
    await this.#live.destroy();
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

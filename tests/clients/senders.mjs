// The clients as npm has them, each connected at the sandbox as somebody's app would be, and how
// each publishes a post. As in twitter.mjs, reddit.mjs and google.mjs only where a host name leads
// is changed.
import https from "node:https";
import { google } from "googleapis";
import Snoowrap from "snoowrap";
import { TwitterApi } from "twitter-api-v2";
import { consent } from "../../tools/person.mjs";
import { Led } from "./led.mjs";

const led = (sandbox, url) => `${sandbox}/${String(url).replace(/^https:\/\//, "")}`;

// What the person's answer takes to `back`, a page that nobody has to open for it.
async function codeFrom(sandbox, authUrl, account) {
  return new URL(await consent(led(sandbox, authUrl), account)).searchParams.get("code");
}

const twitterScope = "tweet.read users.read tweet.write media.write offline.access".split(" ");

async function twitter({ sandbox, back, account }) {
  const app = { clientId: "sandbox-twitter-client", clientSecret: "sandbox-twitter-secret" };
  const api = new TwitterApi(app, { httpAgent: new Led(sandbox) });
  const { url, codeVerifier } = api.generateOAuth2AuthLink(back, { scope: twitterScope });
  const code = await codeFrom(sandbox, url, account);
  const { client } = await api.loginWithOAuth2({ code, codeVerifier, redirectUri: back });
  const x = client.v2;
  return {
    text: ({ text }) => x.tweet(text),
    thread: ({ text, more }) => x.tweetThread([text, ...more]),
    poll: ({ text, answers, minutes }) =>
      x.tweet(text, { poll: { options: answers, duration_minutes: minutes } }),
    async image({ text, alt, file: [, type, bytes] }) {
      const id = await x.uploadMedia(bytes, { media_type: type });
      await x.createMediaMetadata(id, { alt_text: { text: alt } });
      await x.tweet(text, { media: { media_ids: [id] } });
    },
  };
}

async function reddit({ sandbox, back, account }) {
  https.globalAgent = new Led(sandbox);
  const app = {
    clientId: "sandbox-reddit-client",
    clientSecret: "sandbox-reddit-secret",
    userAgent: "linux:herald-clients:1.0 (by /u/bluebakery)",
  };
  const scope = ["identity", "read", "submit"];
  const asked = { clientId: app.clientId, scope, redirectUri: back, permanent: true, state: "s" };
  const code = await codeFrom(sandbox, Snoowrap.getAuthUrl(asked), account);
  const r = await Snoowrap.fromAuthCode({ ...app, code, redirectUri: back });
  return {
    self: ({ title, text, community }) =>
      r.submitSelfpost({ subredditName: community, title, text }),
    link: ({ title, link, community }) =>
      r.submitLink({ subredditName: community, title, url: link }),
  };
}

async function youtube({ sandbox, back, account }) {
  const auth = new google.auth.OAuth2({
    clientId: "sandbox-client.apps.googleusercontent.com",
    clientSecret: "sandbox-google-client-secret",
    redirectUri: back,
  });
  auth.transporter.interceptors.request.add({
    resolved: async (request) =>
      Object.assign(request, { url: new URL(led(sandbox, request.url)) }),
  });
  const scope = ["https://www.googleapis.com/auth/youtube.upload"];
  const asked = auth.generateAuthUrl({ access_type: "offline", prompt: "consent", scope });
  auth.setCredentials((await auth.getToken(await codeFrom(sandbox, asked, account))).tokens);
  const { videos } = google.youtube({ version: "v3", auth });
  return {
    // The library has no resumable upload: its insert opens the session, its request sends.
    async video({ title, text, tags, privacy, file: [, type, bytes] }) {
      const size = String(bytes.length);
      const { headers } = await videos.insert(
        {
          part: ["snippet", "status"],
          uploadType: "resumable",
          requestBody: {
            snippet: { title, description: text, tags },
            status: { privacyStatus: privacy, selfDeclaredMadeForKids: false },
          },
        },
        {
          url: "https://youtube.googleapis.com/upload/youtube/v3/videos",
          headers: { "x-upload-content-length": size, "x-upload-content-type": type },
        },
      );
      const url = headers.get("location");
      for (let at = 0, piece = 1 << 20; at < bytes.length; at += piece) {
        const body = bytes.subarray(at, at + piece);
        const range = `bytes ${at}-${at + body.length - 1}/${size}`;
        const sent = { "content-type": type, "content-range": range };
        const validateStatus = (status) => status < 400;
        await auth.request({ url, method: "PUT", headers: sent, body, validateStatus });
      }
    },
  };
}

export const kSenders = { twitter, reddit, youtube };

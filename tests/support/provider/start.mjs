// A real OpenID provider on this machine: node start.mjs PORT REDIRECT_URI PEOPLE_AS_JSON
// People sign in on its own page by their subject and any password.
import { Provider } from "oidc-provider";

const [port, redirectUri, people] = [Number(process.argv[2]), process.argv[3], JSON.parse(process.argv[4])];
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: "baton",
    client_secret: "a secret between the two of us, for tests",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  scopes: ["openid", "profile", "email", "groups"],
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
  pkce: { required: () => true },
  cookies: { keys: ["for tests and nothing else"] },
  findAccount: (_ctx, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));

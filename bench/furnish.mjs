// Signs in, connects three accounts, uploads a picture; prints "<token> <account> <medium>".
import { Person } from "../tools/person.mjs";

const [herald, email, password, photo] = process.argv.slice(2);
const person = new Person(herald);
await person.signIn(email, password);
const accounts = [
  ...(await person.connect("instagram", { all: true })),
  ...(await person.connect("youtube")),
];
if (accounts.length !== 3) throw new Error(`expected three accounts, not ${accounts.length}`);
const medium = await person.upload(photo, "image/jpeg");
console.log(person.token, accounts[0].id, medium.id);

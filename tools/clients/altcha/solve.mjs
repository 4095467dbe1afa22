// Solves a proof of work of GetChallenge with ALTCHA's own library, and prints what JoinRoom takes as the solution.
//
// Usage: node solve.mjs < challenge.json   (the text of GetChallengeResponse.altcha; run.sh fetches the library)
import { solveChallenge } from 'altcha-lib/v1';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { algorithm, challenge, maxnumber, salt, signature } = JSON.parse(Buffer.concat(chunks).toString());
const solution = await solveChallenge(challenge, salt, algorithm, maxnumber).promise;
if (!solution) throw new Error('no solution up to maxnumber');
// As the widget does: base64 of the JSON, with how long it took.
const { number, took } = solution;
console.log(btoa(JSON.stringify({ algorithm, challenge, number, salt, signature, took })));

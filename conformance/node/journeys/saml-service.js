// A service that lets users in by SAML, made of the library that most services in Node use, and the
// app that it is to the org. It trusts the metadata of the app.
import { SAML } from '@node-saml/node-saml';
import { client, orgUrl, unique } from './org.js';

export const ACS = 'https://service.example.com/acs';

/**
 * Makes both.
 *
 * @param signOn what differs of how the app signs on
 * @param more what else the app says
 */
export async function createApp(signOn = {}, more = {}) {
  const acs = signOn.ssoAcsUrl ?? ACS;
  const app = await client.applicationApi.createApplication({
    application: {
      label: unique('Service'),
      signOnMode: 'SAML_2_0',
      ...more,
      settings: {
        signOn: {
          ssoAcsUrl: acs,
          recipient: acs,
          destination: acs,
          audience: 'urn:service',
          idpIssuer: 'http://www.okta.com/${org.externalKey}',
          subjectNameIdTemplate: '${user.userName}',
          subjectNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
          responseSigned: true,
          assertionSigned: true,
          signatureAlgorithm: 'RSA_SHA256',
          digestAlgorithm: 'SHA256',
          honorForceAuthn: true,
          authnContextClassRef:
            'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
          attributeStatements: [
            { type: 'EXPRESSION', name: 'given', values: ['user.firstName'] },
          ],
          ...signOn,
        },
      },
    },
  });
  const key = `exk${app.id.slice(3)}`;
  const entryPoint = `${orgUrl}/app/${app.name}/${key}/sso/saml`;
  const metadata = await (await fetch(`${entryPoint}/metadata`)).text();
  const terms = {
    callbackUrl: acs,
    entryPoint,
    issuer: 'urn:service',
    audience: 'urn:service',
    idpIssuer: `http://www.okta.com/${key}`,
    idpCert: /<ds:X509Certificate>([^<]+)</.exec(metadata)[1],
    wantAuthnResponseSigned: true,
    wantAssertionsSigned: true,
    validateInResponseTo: 'always',
    identifierFormat: null,
  };
  return { app, terms, service: new SAML(terms) };
}

/** What the form of a page posts. */
export function posted(page) {
  const fields = page.matchAll(/<input[^>]*name="(\w+)"[^>]*value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name, value]));
}

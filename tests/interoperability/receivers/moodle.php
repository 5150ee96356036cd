<?php
// Takes webhooks in the way of the public Moodle plugin: one address for all, `?method=review` (CP-250), a token
// behind the text "JWT ", HS256 without leeway (CP-251), and 200 with plain text even on failure (CP-252).

function verified(string $token): void
{
    [$header, $payload, $signature] = explode('.', $token);
    $decode = fn ($text) => base64_decode(strtr($text, '-_', '+/'));
    if (json_decode($decode($header))->alg !== 'HS256'
        || !hash_equals(hash_hmac('sha256', "$header.$payload", getenv('CONSTRUCTOR_JWT_SECRET'), true), $decode($signature))) {
        throw new UnexpectedValueException('Signature verification failed');
    }
    if (json_decode($decode($payload))->exp <= time()) {
        throw new DomainException('Expired token'); // nobody catches it
    }
}

function answer(string $method, string $authorization, string $body): string
{
    if (!str_contains($authorization, 'JWT ')) {
        return 'Not auth provided';
    }
    try {
        verified(explode(' ', $authorization)[1]);
    } catch (UnexpectedValueException $problem) {
        return $problem->getMessage();
    }
    $request = json_decode($body);
    if ($request === null) {
        return 'No request body';
    }
    if ($request->sessionId !== 'known') {
        return 'Entry was not found';
    }
    if ($method === 'schedule') {
        return $request->event === 'scheduled' ? '' : ''; // every other event counts as canceled (CP-254)
    }
    return $method === 'review' ? '' : 'Success';
}

$server = stream_socket_server('tcp://127.0.0.1:0');
echo stream_socket_get_name($server, false), "\n";
while ($client = stream_socket_accept($server, -1)) {
    parse_str(parse_url(explode(' ', fgets($client))[1], PHP_URL_QUERY) ?? '', $query);
    $headers = [];
    while (($line = trim(fgets($client))) !== '') {
        [$key, $value] = explode(':', $line, 2);
        $headers[strtolower($key)] = trim($value);
    }
    $body = stream_get_contents($client, (int) $headers['content-length']);
    try {
        $status = '200 OK';
        $text = answer($query['method'] ?? '', $headers['authorization'] ?? '', $body);
    } catch (DomainException $problem) {
        $status = '500 Internal Server Error';
        $text = $problem->getMessage();
    }
    fwrite($client, "HTTP/1.1 $status\r\nContent-Type: text/plain\r\nContent-Length: " . strlen($text)
        . "\r\nConnection: close\r\n\r\n$text");
    fclose($client);
}

<?php
// In the way of the Constructor Moodle plugin of 2026 (CP-241): exp now + 300 s in the header token (CP-021),
// process lists as text or null (CP-138), a language with region (CP-062), and the newest parameters.

$integration = '/integration/simple/' . getenv('CONSTRUCTOR_INTEGRATION_NAME');

function jwt(array $claims): string
{
    $encode = fn ($text) => rtrim(strtr(base64_encode($text), '+/', '-_'), '=');
    $payload = json_encode($claims, JSON_UNESCAPED_SLASHES);
    $input = $encode('{"typ":"JWT","alg":"HS256"}') . '.' . $encode($payload);
    return $input . '.' . $encode(hash_hmac('sha256', $input, getenv('CONSTRUCTOR_JWT_SECRET'), true));
}

function send(string $call, string $method, string $path, string $type, string $content): void
{
    $headers = ["Content-Type: $type"];
    if (str_starts_with($path, '/api/')) {
        $headers[] = 'Authorization: JWT ' . jwt(['exp' => time() + 300]);
    }
    $stream = fopen(getenv('CONSTRUCTOR_BASE_URL') . $path, 'r', false, stream_context_create(['http' => [
        'method' => $method, 'header' => $headers, 'content' => $content,
        'follow_location' => 0, 'ignore_errors' => true,
    ]]));
    $lines = stream_get_meta_data($stream)['wrapper_data'];
    echo json_encode([
        'call' => $call,
        'status' => (int) explode(' ', $lines[0])[1],
        'location' => array_values(preg_filter('/^location: */i', '', $lines))[0] ?? null,
        'body' => json_decode(stream_get_contents($stream), true),
    ]), "\n";
}

$exam = [
    'accountId' => '1',
    'accountName' => 'Moodle',
    'examId' => '15',
    'examName' => 'Abschlussprüfung',
    'courseName' => 'Physik',
    'courseCode' => 'PHY-101',
    'duration' => 60,
    'schedule' => false,
    'proctoring' => 'identification',
    'startDate' => gmdate('Y-m-d\TH:i:s+00:00', time() - 60),
    'endDate' => gmdate('Y-m-d\TH:i:s+00:00', time() + 3600),
    'secureBrowser' => true,
    'secureBrowserLevel' => 'strict',
    'streamsPreset' => 'default',
    'calculator' => 'scientific',
    'auxiliaryCamera' => true,
    'auxiliaryCameraMode' => 'photo',
    'allowRoomScanAuxCamera' => true,
    'desktopAppForbiddenProcesses' => "teamviewer.exe\nanydesk.exe",
    'desktopAppAllowedProcesses' => null,
    'sendManualWarningsToLearner' => true,
];
$start = $exam + [
    'userId' => 'u-77',
    'firstName' => 'Zoë',
    'lastName' => 'Müller',
    'email' => 'zoe@example.ch',
    'language' => 'de-ch',
    'specialAccommodationsInfo' => 'Braucht mehr Zeit.',
    'preliminaryCheck' => ['enabled' => true, 'photo_url' => 'https://moodle.example/pix/u/77.jpg'],
    'sessionId' => '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
    'sessionUrl' => 'https://moodle.example/mod/quiz/attempt.php?id=15',
];

send('exam', 'POST', "/api/v2$integration/exams/", 'application/json', json_encode($exam));
send('start', 'POST', "$integration/start/", 'application/x-www-form-urlencoded',
    http_build_query(['token' => jwt($start)]));
send('status', 'GET', "/api/v2$integration/sessions/{$start['sessionId']}/status/", 'application/json', '');
send('finish', 'POST', "/api/v2$integration/sessions/{$start['sessionId']}/finish/", 'application/json', '{}');

<?php
// In the way of the examus2 Moodle plugin (CP-240): the start is a form that the browser posts (CP-030), its
// token has no exp (CP-026); calls of the server carry exp now + 30 s, Accept and Content-Length.

$base = getenv('CONSTRUCTOR_BASE_URL');
$name = getenv('CONSTRUCTOR_INTEGRATION_NAME');

function jwt(array $claims): string
{
    $part = fn ($value) => str_replace('=', '', strtr(base64_encode($value), '+/', '-_'));
    $input = $part(json_encode(['typ' => 'JWT', 'alg' => 'HS256'])) . '.' . $part(json_encode($claims));
    return $input . '.' . $part(hash_hmac('sha256', $input, getenv('CONSTRUCTOR_JWT_SECRET'), true));
}

function http(string $call, string $method, string $url, array $headers, string $content = ''): array
{
    $stream = fopen($url, 'r', false, stream_context_create(['http' => [
        'method' => $method, 'header' => $headers, 'content' => $content,
        'follow_location' => 0, 'ignore_errors' => true,
    ]]));
    $lines = stream_get_meta_data($stream)['wrapper_data'];
    $location = array_values(preg_filter('/^location: */i', '', $lines))[0] ?? null;
    $status = (int) explode(' ', $lines[0])[1];
    $raw = stream_get_contents($stream);
    $answer = ['call' => $call, 'status' => $status, 'location' => $location, 'body' => json_decode($raw, true)];
    echo json_encode($answer), "\n";
    return $answer;
}

function lms(string $call, string $method, string $path, ?array $body): array
{
    global $base, $name;
    $content = $body === null ? '' : json_encode($body);
    return http($call, $method, "$base/api/v2/integration/simple/$name/$path", [
        'Authorization: JWT ' . jwt(['exp' => time() + 30]),
        'Accept: application/json',
        'Content-Type: application/json',
        'Content-Length: ' . strlen($content),
    ], $content);
}

$exam = [
    'accountId' => 1,
    'accountName' => 'Moodle',
    'examId' => 4711, // the course module
    'examName' => 'Quiz 1',
    'courseName' => 'Physique générale',
    'duration' => 90,
    'schedule' => false,
    'proctoring' => 'online',
    'startDate' => gmdate('Y-m-d\TH:i:s\Z', time() - 60),
    'endDate' => gmdate('Y-m-d\TH:i:s\Z', time() + 86400),
    'identification' => null,
    'userAgreementUrl' => null,
    'ldb' => false,
    'trial' => false,
    'rules' => ['allow_to_use_paper' => true, 'allow_voices' => false, 'custom_rules' => ''],
    'scoreConfig' => ['cheater_level' => 80, 'extra_user' => 1, 'look_away' => 1.5, 'absent_user' => 2],
    'visibleWarnings' => ['warning_phone' => true],
    'desktopAppForbiddenProcesses' => ['Teamviewer', 'AnyDesk'],
    'desktopAppAllowedProcesses' => [],
];
$session = bin2hex(random_bytes(16));
$start = $exam + [
    'userId' => 'student1', 'firstName' => 'Ada', 'lastName' => 'Lovelace', 'email' => null, 'language' => 'en',
    'sessionId' => $session, 'sessionUrl' => 'http://moodle.example/mod/quiz/view.php?id=4711&accesscode=' . $session,
];

lms('exam', 'POST', 'exams/', $exam);
http('start', 'POST', "$base/integration/simple/$name/start/",
    ['Content-Type: application/x-www-form-urlencoded'], http_build_query(['token' => jwt($start)]));
lms('status', 'GET', "sessions/$session/status/", null);
lms('finish', 'POST', "sessions/$session/finish/", null);
lms('finish again', 'POST', "sessions/$session/finish/", null);

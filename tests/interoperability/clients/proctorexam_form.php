<?php
// In the way of the public C# client (PE-459): a form to /exams?, epoch seconds, booleans as text, raw answers.
// Ids of the path are signed and not sent (PE-037); seconds are the nonce (PE-061).

$clock = time();

function call(string $name, string $method, string $path, array $parameters, array $pathIds = []): string
{
    global $clock;
    $parameters['nonce'] = (string) $clock++;
    $parameters['timestamp'] = (string) (time() * 1000);
    $signed = $parameters + $pathIds;
    uksort($signed, 'strcasecmp'); // C# orders by culture, not by byte
    $pairs = [];
    foreach ($signed as $key => $value) {
        $pairs[] = $key . '=' . $value;
    }
    $parameters['signature'] = hash_hmac('sha256', implode('?', $pairs), getenv('PROCTOREXAM_SECRET_KEY'));
    $context = stream_context_create(['http' => [
        'method' => $method,
        'header' => [
            'Authorization: Token token=' . getenv('PROCTOREXAM_API_TOKEN'),
            'Accept: application/vnd.procwise.v3',
            'Content-Type: application/x-www-form-urlencoded',
        ],
        'content' => http_build_query($parameters),
        'ignore_errors' => true,
    ]]);
    $stream = fopen(getenv('PROCTOREXAM_BASE_URL') . $path . '?', 'r', false, $context);
    $status = (int) explode(' ', stream_get_meta_data($stream)['wrapper_data'][0])[1];
    $raw = stream_get_contents($stream);
    echo json_encode(['call' => $name, 'status' => $status, 'body' => json_decode($raw, true)]), "\n";
    if ($status < 200 || $status > 299) {
        exit(1); // the client throws
    }
    return $raw;
}

$raw = call('new exam', 'POST', '/exams', [
    'name' => 'Formed & signed',
    'type' => 'classic',
    'start_time' => '1893492000',
    'end_time' => '1893499200',
    'mobile_cam' => 'true',
    'upload_answers' => 'false',
    'restrictions' => '[["books", "allowed"], ["websites", "forbidden"]]',
]);
preg_match('/"id":(\d+)/', $raw, $found);
call('rename', 'PUT', '/exams/' . $found[1], ['name' => 'Renamed'], ['id' => $found[1]]);
call('new student', 'POST', '/exams/' . $found[1] . '/student_sessions', [
    'name' => 'Ada',
    'email' => 'ada@example.com',
    'open_time' => '1893492000',
    'is_individual_info_html' => 'false',
], ['exam_id' => $found[1]]);
call('exams', 'GET', '/exams', []);

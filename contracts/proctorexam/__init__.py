"""ProctorExam: document, statements, signing, rules of safety and named contracts."""

package io.tokenlz.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as JUnit's XML: a test suite for each suite, a test case for each property. Wrong answers and refusals are failures,
 * crashes and hangs errors.
 */
record JunitReport(List<PropertyResult> results) {
    private static final List<Outcome> FAILURES = List.of(Outcome.FAILED, Outcome.REFUSED);
    private static final List<Outcome> ERRORS = List.of(Outcome.CRASHED, Outcome.HUNG);

    void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("testsuites");
            for (String suite :
                    results.stream().map(PropertyResult::suite).distinct().toList()) {
                writeSuite(
                        xml,
                        suite,
                        results.stream()
                                .filter(result -> result.suite().equals(suite))
                                .toList());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException broken) {
            throw new IOException(file + ": " + broken.getMessage(), broken);
        }
    }

    private static void writeSuite(XMLStreamWriter xml, String suite, List<PropertyResult> properties)
            throws XMLStreamException {
        long errors = properties.stream().filter(JunitReport::isError).count();
        long failed = properties.stream().filter(result -> !result.isPassed()).count();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", suite);
        xml.writeAttribute("tests", Integer.toString(properties.size()));
        xml.writeAttribute("failures", Long.toString(failed - errors));
        xml.writeAttribute("errors", Long.toString(errors));
        for (PropertyResult property : properties) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", suite);
            xml.writeAttribute("name", property.name());
            if (!property.isPassed()) {
                writeFindings(xml, property);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static boolean isError(PropertyResult result) {
        return result.count(ERRORS) > 0 || result.leftOut() > 0;
    }

    private static void writeFindings(XMLStreamWriter xml, PropertyResult property) throws XMLStreamException {
        xml.writeStartElement(isError(property) ? "error" : "failure");
        xml.writeAttribute(
                "message",
                property.count(FAILURES) + " failed or refused, " + property.count(ERRORS) + " crashed or hung of "
                        + property.jobs() + " jobs; " + property.leftOut() + " left out");
        StringBuilder text = new StringBuilder();
        for (CheckFinding finding : property.findings()) {
            text.append(JobFields.name(finding.outcome()))
                    .append(": ")
                    .append(finding.reason())
                    .append("\njob ")
                    .append(finding.job())
                    .append("\nanswer ")
                    .append(finding.answer())
                    .append("\n\n");
        }
        xml.writeCharacters(legal(text.toString()));
        xml.writeEndElement();
    }

    /** XML can't hold most control characters, nor halves of characters; a program may send any. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder();
        text.codePoints()
                .map(c -> c == '\t' || c == '\n' || (c >= ' ' && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF
                        ? c
                        : '\uFFFD')
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }
}

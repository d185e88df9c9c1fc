package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CommandWordsTest {
    @Test
    void splitsAtSpacesOutsideOfQuotes() {
        assertThat(CommandWords.split("java -jar a.jar  jobs\t-"))
                .containsExactly("java", "-jar", "a.jar", "jobs", "-");
        assertThat(CommandWords.split("'my program' --x=\"a b\" '' \"it's\""))
                .containsExactly("my program", "--x=a b", "", "it's");
        assertThat(CommandWords.split("C:\\x\\y.exe")).containsExactly("C:\\x\\y.exe");
    }

    @Test
    void refusesWhatIsNoCommand() {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWords.split(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> CommandWords.split("a 'b"));
    }
}

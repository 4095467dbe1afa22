package dev.onsale.query.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.demo.Stadium;
import dev.onsale.proto.query.v1.AreaLayout;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.LayoutReader;
import dev.onsale.query.layout.LayoutReader.AreaRow;
import dev.onsale.query.seatmap.SeatCounts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class VenuePictureTest {
    private static final String EVIL = "<script>alert('\"&\u0001')</script>";

    @Test
    void drawsTheStadiumWithEverySectionItsLabelTheFloorAndTheLegend() throws Exception {
        VenuePlan plan = stadium();
        Document svg = parsed(SvgDrawing.draw(new VenuePicture(plan, "The Show", mixed(plan))));

        assertThat(plan.shapes()).hasSize(101);
        assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(101);
        assertThat(texts(svg))
                .contains("The Show", "101", "301", "FLOOR", "plenty free", "nothing free", "not on sale");
        assertThat(fills(svg)).contains("#08519c", "#6b6b6b", "#f2f2f2");
    }

    @Test
    void writesNamesAsTextWhateverTheySay() throws Exception {
        VenuePlan plan = VenuePlan.of(EventLayout.of(GetSeatMapResponse.newBuilder()
                .addSections(SectionLayout.newBuilder()
                        .setSection(EVIL)
                        .setName(EVIL)
                        .addAllOutline(List.of(0, 0, 900, 0, 900, 900, 0, 900)))
                .build()));

        byte[] drawn = SvgDrawing.draw(new VenuePicture(plan, EVIL, List.of(Level.FEW)));
        Document svg = parsed(drawn);

        assertThat(new String(drawn, StandardCharsets.UTF_8)).doesNotContain("<script");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(texts(svg)).contains(EVIL.replace('\u0001', '\uFFFD'));
    }

    @Test
    void pngShowsTheSameColoursWithAndWithoutFonts() throws IOException {
        VenuePlan plan = stadium();
        VenuePicture picture = new VenuePicture(plan, "The Show", mixed(plan));

        for (Lettering lettering : List.of(Lettering.ofThisMachine(), new Lettering(false))) {
            byte[] drawn = new PngDrawing(lettering).draw(picture);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawn));
            Sheet sheet = Sheet.of(picture);
            assertThat(image.getWidth()).isEqualTo(sheet.width());
            assertThat(image.getHeight()).isEqualTo(sheet.height());
            assertThat(colours(image)).contains(0x08519c, 0x6b6b6b, 0xf2f2f2, 0xfdae61, 0xffffff);
            keep("stadium-" + drawn.length + ".png", drawn);
        }
        keep("stadium.svg", SvgDrawing.draw(picture));
    }

    @Test
    void findsAnOutlineForSectionsAndAreasThatHaveNone() {
        VenuePlan plan = VenuePlan.of(EventLayout.of(GetSeatMapResponse.newBuilder()
                .addSections(SectionLayout.newBuilder()
                        .setSection("A")
                        .addRuns(SeatRun.newBuilder().setLength(3).addAllCoordinates(List.of(0, 0, 10, 0)))
                        .addRuns(SeatRun.newBuilder().setLength(3).addAllCoordinates(List.of(0, 20, 10, 5, 10, -5))))
                .addSections(SectionLayout.newBuilder()
                        .setSection("ONE")
                        .addRuns(SeatRun.newBuilder().setLength(1).addAllCoordinates(List.of(100, 100))))
                .addAreas(AreaLayout.newBuilder().setAreaId("F").addAllOutline(List.of(0, 0, 5, 5)))
                .build()));

        Shape around = plan.shapes().get(0);
        assertThat(List.of(around.left(), around.top(), around.right(), around.bottom()))
                .containsExactly(-5, -5, 25, 30);
        Shape one = plan.shapes().get(1);
        assertThat(List.of(one.left(), one.top(), one.right(), one.bottom())).containsExactly(95, 95, 105, 105);
        assertThat(one.x()).hasSize(4);
        assertThat(plan.shapes().get(2).top()).isGreaterThan(105); // Below everything else.
    }

    @Test
    void coloursByWhatIsFree() {
        assertThat(Level.of(new SeatCounts(61, 0, 39, 0))).isEqualTo(Level.PLENTY);
        assertThat(Level.of(new SeatCounts(60, 0, 40, 0))).isEqualTo(Level.MANY);
        assertThat(Level.of(new SeatCounts(30, 70, 0, 0))).isEqualTo(Level.SOME);
        assertThat(Level.of(new SeatCounts(1, 0, 999_999, 0))).isEqualTo(Level.FEW);
        assertThat(Level.of(new SeatCounts(0, 5, 5, 90))).isEqualTo(Level.SOLD_OUT);
        assertThat(Level.of(new SeatCounts(0, 0, 0, 100))).isEqualTo(Level.BLOCKED);
        assertThat(Level.of(SeatCounts.NONE)).isEqualTo(Level.BLOCKED);
    }

    @Test
    void whatIsWrittenCanBeReadOnItsColour() {
        for (Level level : Level.values()) {
            double fill = luminance(level.fill());
            double ink = luminance(level.ink());
            double contrast = (Math.max(fill, ink) + 0.05) / (Math.min(fill, ink) + 0.05);
            assertThat(contrast).as("%s", level).isGreaterThan(4.5); // WCAG AA.
        }
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        double[] weights = {0.0722, 0.7152, 0.2126};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = ((rgb >> (8 * i)) & 0xff) / 255.0;
            sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    /** For a look at them: `-Donsale.pictures=FOLDER`. */
    private static void keep(String name, byte[] drawn) throws IOException {
        String folder = System.getProperty("onsale.pictures", "");
        if (!folder.isEmpty()) {
            Files.write(Path.of(folder).resolve(name), drawn);
        }
    }

    private static List<Level> mixed(VenuePlan plan) {
        List<Level> levels = new ArrayList<>();
        List<Level> all = Sheet.legendLevels();
        for (int i = 0; i < plan.shapes().size(); i++) {
            levels.add(all.get(i % all.size()));
        }
        return levels;
    }

    private static VenuePlan stadium() {
        return VenuePlan.of(EventLayout.of(LayoutReader.read(
                Stadium.draw(), Map.of(), List.of(new AreaRow("FLOOR", "Floor", "FLOOR", Stadium.FLOOR_CAPACITY)))));
    }

    private static Document parsed(byte[] svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static Set<String> texts(Document svg) {
        Set<String> texts = new HashSet<>();
        NodeList nodes = svg.getElementsByTagName("text");
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static Set<String> fills(Document svg) {
        Set<String> fills = new HashSet<>();
        NodeList nodes = svg.getElementsByTagName("polygon");
        for (int i = 0; i < nodes.getLength(); i++) {
            fills.add(((Element) nodes.item(i)).getAttribute("fill"));
        }
        return fills;
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return colours;
    }
}

package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.BrandsApi;
import com.okta.sdk.resource.api.CustomDomainApi;
import com.okta.sdk.resource.api.ThemesApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.Brand;
import com.okta.sdk.resource.model.BrandRequest;
import com.okta.sdk.resource.model.BrandWithEmbedded;
import com.okta.sdk.resource.model.CreateBrandRequest;
import com.okta.sdk.resource.model.DomainCertificateSourceType;
import com.okta.sdk.resource.model.DomainRequest;
import com.okta.sdk.resource.model.DomainResponse;
import com.okta.sdk.resource.model.EmailTemplateTouchPointVariant;
import com.okta.sdk.resource.model.EndUserDashboardTouchPointVariant;
import com.okta.sdk.resource.model.ErrorPageTouchPointVariant;
import com.okta.sdk.resource.model.SignInPageTouchPointVariant;
import com.okta.sdk.resource.model.ThemeResponse;
import com.okta.sdk.resource.model.UpdateDomain;
import com.okta.sdk.resource.model.UpdateThemeRequest;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: brands and themes")
class BrandJourneyTest {

    private final BrandsApi brands;
    private final ThemesApi themes;
    private final CustomDomainApi domains;

    BrandJourneyTest(Server server, Org org) {
        OktaSdk sdk = OktaSdk.of(server, org);
        this.brands = new BrandsApi(sdk.client());
        this.themes = new ThemesApi(sdk.client());
        this.domains = new CustomDomainApi(sdk.client());
    }

    @Test
    @DisplayName("a brand is made, painted, shown by a domain, and deleted when nothing shows it")
    void journey() {
        assertThat(brands.listBrands(null, null, null, null))
                .extracting(BrandWithEmbedded::getIsDefault)
                .containsExactly(true);
        Brand made = brands.createBrand(new CreateBrandRequest().name("Lighthouse"));
        String id = made.getId();
        assertThat(made.getLocale()).isEqualTo("en");
        Brand changed =
                brands.replaceBrand(
                        id,
                        new BrandRequest()
                                .name("Lighthouse")
                                .agreeToCustomPrivacyPolicy(true)
                                .customPrivacyPolicyUrl("https://example.com/privacy"));
        assertThat(changed.getCustomPrivacyPolicyUrl()).isEqualTo("https://example.com/privacy");
        paint(id);
        DomainResponse domain =
                domains.createCustomDomain(
                        new DomainRequest()
                                .domain("login.lighthouse.invalid")
                                .certificateSourceType(DomainCertificateSourceType.MANUAL));
        assertThat(domain.getBrandId()).isNotEqualTo(id);
        domains.replaceCustomDomain(domain.getId(), new UpdateDomain().brandId(id));
        assertThat(domains.getCustomDomain(domain.getId()).getBrandId()).isEqualTo(id);
        BrandWithEmbedded whole = brands.getBrand(id, List.of("themes", "domains"));
        assertThat(whole.getEmbedded())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("themes", "domains")
                .extractingByKey("domains")
                .asString()
                .contains(domain.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> brands.deleteBrand(id))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(409));
        domains.deleteCustomDomain(domain.getId());
        brands.deleteBrand(id);
        assertThat(brands.listBrands(null, null, null, "light")).isEmpty();
    }

    private void paint(String brand) {
        ThemeResponse theme = themes.listBrandThemes(brand).getFirst();
        ThemeResponse painted =
                themes.replaceBrandTheme(
                        brand,
                        theme.getId(),
                        new UpdateThemeRequest()
                                .primaryColorHex("#0b3d2e")
                                .secondaryColorHex("#fafafa")
                                .signInPageTouchPointVariant(
                                        SignInPageTouchPointVariant.OKTA_DEFAULT)
                                .endUserDashboardTouchPointVariant(
                                        EndUserDashboardTouchPointVariant.OKTA_DEFAULT)
                                .errorPageTouchPointVariant(ErrorPageTouchPointVariant.OKTA_DEFAULT)
                                .emailTemplateTouchPointVariant(
                                        EmailTemplateTouchPointVariant.OKTA_DEFAULT));
        assertThat(painted.getPrimaryColorContrastHex()).isEqualTo("#ffffff");
        assertThat(themes.getBrandTheme(brand, theme.getId()).getPrimaryColorHex())
                .isEqualTo("#0b3d2e");
    }
}
